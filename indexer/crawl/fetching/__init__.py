"""One address to one answer, safely: checked at every hop, pinned, bounded in bytes and in time.

    fetcher = Fetcher(limits=Limits(seconds=20.0))
    answer = await fetcher.fetch(Request(url=…, user_agent=source.manners.user_agent, permit=permit, etag=…))

`permit` is asked before every hop with its canonical address, and may wait for the host's turn. Addresses
have one form: `addresses.canonical`.

| module | subject |
|---|---|
| `request.py` | what to fetch, how much of it at most |
| `addresses.py` | what may be fetched at all, in one canonical form. Pure |
| `networks.py` | which networks are not public, in every disguise. Pure |
| `resolving.py` | names to addresses, all of them checked |
| `connecting.py` | a connection to a checked address; TLS |
| `hop.py` | one request on one connection |
| `unpacking.py` | bodies as they arrive, gzip undone within bounds. Pure |
| `room.py` | how many large bodies are taken in at once |
| `meaning.py` | status and Retry-After. Pure |
| `fetcher.py` | redirects, the deadline, the answer |
"""
