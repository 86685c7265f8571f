"""robots.txt: the cases of RFC 9309, those in which the standard library errs, and files of every kind."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.crawl.document import Answer, Document, Outcome
from indexer.crawl.robots import CLOSED_FOR, KEPT, LONGEST_DELAY, READ_BYTES, Decision, Rules, decide
from tests.fictional import TODAY

SITE = "https://site.example"


def allowed(text: str | bytes, path: str, product: str = "NicheScout") -> bool:
    raw = text.encode() if isinstance(text, str) else text
    return Rules(raw, product).allows(f"{SITE}{path}")


@pytest.mark.parametrize(
    ("text", "path", "wanted"),
    [
        # In these five urllib.robotparser errs.
        ("User-agent: *\nDisallow: /*/private", "/ada/private", False),
        ("User-agent: *\nAllow: /\nDisallow: /private", "/private", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf", False),
        ("User-agent: *\nDisallow: /a\n\nUser-agent: *\nDisallow: /b", "/b", False),
        ("User-agent: NicheScout\n\nDisallow: /private", "/private", False),
        # The rest of the rules.
        ("", "/", True),
        ("User-agent: *\nDisallow:", "/", True),
        ("User-agent: *\nDisallow: /", "/", False),
        ("User-agent: *\nDisallow: /", "/robots.txt", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a.pdf?page=2", True),
        ("User-agent: *\nDisallow: /private\nAllow: /private/open", "/private/open", True),
        ("User-agent: *\nDisallow: /page\nAllow: /page", "/page", True),
        ("User-agent: *\nDisallow: /Private", "/private", True),
        ("User-agent: *\nDisallow: /a%3Cd.html", "/a%3cd.html", False),
        ("User-agent: *\nDisallow: /söder", "/s%C3%B6der", False),
        ("User-agent: *\nDisallow: /a # b", "/a", False),
        ("user-AGENT: nichescout\ndisallow: /a", "/a", False),
        ("User-agent: NicheScout/2.0\nDisallow: /a", "/a", False),
        ("User-agent: *\nDisallow: /\nUser-agent: NicheScout\nAllow: /", "/a", True),
        ("User-agent: NicheScout\nAllow: /\nUser-agent: *\nDisallow: /", "/a", True),
        ("User-agent: Others\nUser-agent: NicheScout\nDisallow: /a", "/a", False),
        ("User-agent: Others\nDisallow: /a", "/a", True),
        ("User-agent: NicheScout\nAllow: /a\nUser-agent: x\nDisallow: /\n"
         "User-agent: nichescout\nDisallow: /b", "/b", False),
        ("\ufeffUser-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\rDisallow: /a\rAllow: /a/b", "/a/c", False),
        ("User-agent: *\r\nDisallow: /a", "/a", False),
        # Somebody else's name that ours begins with does not speak to us.
        ("User-agent: Niche\nAllow: /\nUser-agent: *\nDisallow: /", "/a", False),
        ("User-agent: *\nDisallow: /a\u2028Allow: /a/b", "/a/b", True),
    ],
)  # fmt: skip
def test_what_is_allowed(text: str, path: str, wanted: bool) -> None:
    assert allowed(text, path) is wanted


def test_half_a_mebibyte_is_read_and_what_is_cut_says_nothing() -> None:
    filler = "# nothing\n" * 52_000  # 520 kB
    assert not allowed(f"{filler}User-agent: *\nDisallow: /a", "/a")
    head = "User-agent: *\nDisallow: /private\n"
    line = "Disallow: /a-path-that-is-cut-off"
    padding = "#" * (READ_BYTES - len(head) - len("Disallow: /a") - 1) + "\n"
    long = f"{head}{padding}{line}"
    assert len(long) > READ_BYTES
    assert allowed(long, "/a")  # half of the last line would have disallowed it
    assert not allowed(long, "/private")


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ("2", 2.0),
        ("0.5", 0.5),
        ("1e9", LONGEST_DELAY),
        ("-1", 0.0),
        ("nan", 0.0),
        ("soon", 0.0),
        ("inf", 0.0),
    ],
)
def test_a_delay_is_honoured_up_to_a_limit(asked: str, wanted: float) -> None:
    assert Rules(f"User-agent: *\nCrawl-delay: {asked}".encode(), "NicheScout").delay == wanted


def test_sitemaps_are_named_for_everybody() -> None:
    rules = Rules(b"Sitemap: /map.xml\nSitemap: https://other.example/s.xml\nUser-agent: x\nDisallow: /", "N")
    assert rules.sitemaps(SITE) == (f"{SITE}/map.xml", "https://other.example/s.xml")


def answer(outcome: Outcome, status: int | None = None, body: bytes = b"") -> Answer:
    from datetime import UTC, datetime, time

    at = datetime.combine(TODAY, time(), UTC)
    document = Document(url=f"{SITE}/robots.txt", status=status or 0, headers={}, body=body, fetched_at=at)
    return Answer(outcome=outcome, status=status, document=document if outcome is Outcome.FETCHED else None)


@pytest.mark.parametrize(
    ("given_answer", "decision"),
    [
        (answer(Outcome.FETCHED, 200, b"User-agent: *"), Decision.RULES),
        (answer(Outcome.GONE, 404), Decision.OPEN),
        (answer(Outcome.UNAUTHORISED, 401), Decision.OPEN),
        (answer(Outcome.UNAUTHORISED, 403), Decision.OPEN),
        (answer(Outcome.CLIENT_ERROR, 418), Decision.OPEN),
        (answer(Outcome.BUSY, 429), Decision.CLOSED),
        (answer(Outcome.BUSY, 503), Decision.CLOSED),
        (answer(Outcome.SERVER_ERROR, 500), Decision.CLOSED),
        (answer(Outcome.UNREACHABLE), Decision.CLOSED),
        (answer(Outcome.UNRESOLVED), Decision.CLOSED),
        (answer(Outcome.TIMED_OUT), Decision.CLOSED),
        (answer(Outcome.TLS), Decision.CLOSED),
        (answer(Outcome.BROKEN), Decision.CLOSED),
        (answer(Outcome.TOO_MANY_REDIRECTS), Decision.CLOSED),
        (answer(Outcome.TOO_LARGE, 200), Decision.CLOSED),
        (answer(Outcome.BOMB, 200), Decision.CLOSED),
        (answer(Outcome.PRIVATE_ADDRESS), Decision.CLOSED),
    ],
    ids=lambda value: value.outcome.name if isinstance(value, Answer) else "",
)
def test_every_answer_decides(given_answer: Answer, decision: Decision) -> None:
    decided = decide(given_answer)
    assert decided.decision is decision
    assert decided.stands == (CLOSED_FOR if decision is Decision.CLOSED else KEPT)
    assert decided.stands <= timedelta(hours=24)


WORDS = st.sampled_from(
    [
        "User-agent:", "user agent ", "Disallow:", "Allow:", "Crawl-delay:", "Sitemap:", "Host:", "*", "$",
        "/", "nichescout", "NicheScout/1", "%", "%zz", "%C3", "\n", "\r", "\r\n", "\x00", "\ufeff", "#",
        "1e400", "\u2028", "//", "http://[", "/a*b*c*d$", "\ud7ff", "-1", ":",
    ]
)  # fmt: skip


TEXTS = st.one_of(
    st.binary(max_size=400), st.lists(WORDS, max_size=60).map(lambda words: "".join(words).encode())
)


@given(TEXTS, st.text(max_size=60))
def test_no_file_and_no_address_ends_a_crawl(text: bytes, path: str) -> None:
    rules = Rules(text, "NicheScout")
    assert rules.allows(f"{SITE}/{path}") in {True, False}
    assert 0 <= rules.delay <= LONGEST_DELAY
    assert all(isinstance(one, str) for one in rules.sitemaps(SITE))


@given(st.lists(st.text(st.characters(codec="ascii", exclude_characters="\r\n#"), max_size=20), max_size=8))
def test_a_mark_of_byte_order_changes_nothing(lines: list[str]) -> None:
    text = "\n".join(["User-agent: *", *(f"Disallow: /{line}" for line in lines)]).encode()
    paths = ["/", *(f"/{line}" for line in lines)]
    assert [allowed(text, path) for path in paths] == [
        allowed(b"\xef\xbb\xbf" + text, path) for path in paths
    ]
