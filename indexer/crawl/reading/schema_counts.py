"""Counts in schema.org's terms: what is done to something, and what somebody does, never mixed. Pure."""

from collections.abc import Iterator

from indexer.crawl.reading.counts import Count, read_count
from indexer.crawl.reading.json_ld import Graph, Node, entries, types_of, without_vocabulary

_FOLLOWED = ("FollowAction", "SubscribeAction")
_POST_COUNTS = {
    "likes": ("LikeAction",),
    "comments": ("CommentAction",),
    "shares": ("ShareAction",),
    "views": ("WatchAction", "ViewAction", "ListenAction"),
}
_OLD_COUNTS = {
    "UserPlays": "views",
    "UserPageVisits": "views",
    "UserLikes": "likes",
    "UserComments": "comments",
}


def follower_counts(graph: Graph, person: Node, problems: list[str]) -> dict[str, Count]:
    """Return `followers` (what others do to a profile) and `following` (what its owner does), where stated.

    `interactionStatistic` counts the former, `agentInteractionStatistic` the latter.
    """
    found = {
        "followers": _counted(graph, person, "interactionStatistic", _FOLLOWED, problems),
        "following": _counted(graph, person, "agentInteractionStatistic", _FOLLOWED, problems),
    }
    return {name: count for name, count in found.items() if count is not None}


def post_counts(graph: Graph, post: Node, problems: list[str]) -> dict[str, Count]:
    """Return views, likes, comments and shares of a post, where stated."""
    counts = {}
    for name, actions in _POST_COUNTS.items():
        count = _counted(graph, post, "interactionStatistic", actions, problems)
        if count is not None:
            counts[name] = count
    comments = read_count(post.get("commentCount"))
    if comments is not None:
        counts.setdefault("comments", comments)
    for name, count in _old_counts(post):
        counts.setdefault(name, count)
    return counts


def _counted(
    graph: Graph, node: Node, statistic: str, actions: tuple[str, ...], problems: list[str]
) -> Count | None:
    """Return the one count of some actions, before all that of no other service; `None`: they contradict."""
    own: list[Count] = []
    elsewhere: list[Count] = []
    for counter in graph.nodes_at(node, statistic):
        if any(action in actions for action in _actions(counter)):
            count = read_count(_bare(counter.get("userInteractionCount")))
            if count is not None:
                (elsewhere if counter.get("interactionService") else own).append(count)
    found = own or elsewhere
    if len({count.value for count in found}) > 1:
        problems.append(
            f"JSON-LD states several counts of {actions[0]}: {sorted(one.value for one in found)[:5]}"
        )
        return None
    return found[0] if found else None


def _actions(counter: Node) -> Iterator[str]:
    for kind in entries(counter.get("interactionType")):
        if isinstance(kind, dict):
            yield from types_of(kind)
        name = kind.get("@id") if isinstance(kind, dict) else kind
        if isinstance(name, str):
            yield without_vocabulary(name)


def _old_counts(post: Node) -> Iterator[tuple[str, Count]]:
    """Yield counts of the property that schema.org had before: a number of views, or `UserPlays:1200`."""
    for value in entries(post.get("interactionCount")):
        kind, colon, number = value.partition(":") if isinstance(value, str) else ("", "", value)
        name = _OLD_COUNTS.get(kind.strip()) if colon else "views"
        count = read_count(number if colon else value)
        if name is not None and count is not None:
            yield name, count


def _bare(value: object) -> object:
    return value.get("@value") if isinstance(value, dict) else value
