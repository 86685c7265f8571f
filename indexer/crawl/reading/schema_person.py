"""A Person or Organization of schema.org as values of a creator. Pure."""

from indexer.crawl.reading.contacts import email_contacts
from indexer.crawl.reading.countries import stated_country
from indexer.crawl.reading.json_ld import Graph, Node, entries, text, texts
from indexer.crawl.reading.schema_counts import follower_counts
from indexer.crawl.reading.site import Site

PERSONS = frozenset({"Person"})
ORGANISATIONS = frozenset(
    {"Organization", "OnlineBusiness", "LocalBusiness", "NewsMediaOrganization", "PerformingGroup",
     "MusicGroup", "DanceGroup", "TheaterGroup", "Corporation", "NGO", "EducationalOrganization",
     "SportsTeam",
     "Brand"}
)  # fmt: skip
MAX_LINKS = 100


def person_values(
    graph: Graph, node: Node, site: Site, address: str | None, problems: list[str]
) -> dict[str, object]:
    """Return what a node states, by field of a creator; `address` is the profile that it is known by."""
    alternate = text(node, "alternateName")
    full = " ".join((*texts(node, "givenName")[:1], *texts(node, "familyName")[:1]))
    values: dict[str, object] = {
        "name": text(node, "name") or full or alternate,
        "handle": alternate.lstrip("@") if alternate and " " not in alternate else None,
        "bio": text(node, "description"),
        "country": _country(graph, node),
        "categories": tuple(dict.fromkeys(texts(node, "knowsAbout")))[:50],
        "contacts": email_contacts(_emails(graph, node)),
        "links": _links(node, site, address),
        **follower_counts(graph, node, problems),
    }
    return {name: value for name, value in values.items() if value}


def _country(graph: Graph, node: Node) -> str | None:
    homes = [
        home for place in graph.nodes_at(node, "homeLocation") for home in graph.nodes_at(place, "address")
    ]
    for address in (*graph.nodes_at(node, "address"), *homes)[:10]:
        for value in entries(address.get("addressCountry"))[:10]:
            name = text(value, "name", "identifier") if isinstance(value, dict) else value
            if code := stated_country(name):
                return code
    return None


def _emails(graph: Graph, node: Node) -> list[str]:
    found = texts(node, "email")
    for point in graph.nodes_at(node, "contactPoint"):
        found += texts(point, "email")
    return found


def _links(node: Node, site: Site, address: str | None) -> tuple[str, ...]:
    """Return where else the person is found: `sameAs`, and a `url` that is not the profile itself."""
    own = {address, site.address(site.url)}
    stated = (*entries(node.get("sameAs")), *entries(node.get("url")))[: 2 * MAX_LINKS]
    found = dict.fromkeys(link for one in stated if (link := site.address(one)) and link not in own)
    return tuple(found)[:MAX_LINKS]
