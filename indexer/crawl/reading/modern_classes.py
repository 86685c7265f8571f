"""Classes of microformats brought to their present names, and what reading a tree of them would cost.

mf2py reads the older names too, but copies the tree for every class of every element. Renaming them first
takes one walk. `e-*` becomes `p-*`: the text is wanted, not the markup.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bs4 import Tag
from bs4.element import AttributeValueList, NavigableString, PreformattedString

MAX_DEPTH = 80

_ROOTS: Mapping[str, str] = {"vcard": "h-card", "hentry": "h-entry", "hfeed": "h-feed"}
_RELS: Mapping[str, Mapping[str, str]] = {"hentry": {"bookmark": "u-url", "tag": "p-category"}}
_CLASSES: Mapping[str, Mapping[str, str]] = {
    "vcard": {"fn": "p-name", "nickname": "p-nickname", "note": "p-note", "url": "u-url", "uid": "u-uid",
              "email": "u-email", "bday": "dt-bday", "country-name": "p-country-name",
              "category": "p-category"},
    "hentry": {"entry-title": "p-name", "entry-content": "p-content", "entry-summary": "p-summary",
               "published": "dt-published", "author": "p-author", "category": "p-category"},
    "hfeed": {"site-title": "p-name", "site-description": "p-summary"},
}  # fmt: skip
_OTHER_OLD_ROOTS = frozenset(
    {"adr", "geo", "hproduct", "hrecipe", "hresume", "hreview", "hreview-aggregate", "vevent"}
)


@dataclass(slots=True)
class Cost:
    """What mf2py would have to do: elements, their depth, signs to be put together piece by piece."""

    elements: int = 0
    depth: int = 0
    work: int = 0


def modernise(root: Tag) -> Cost:
    """Rename the classes of a tree, and return what reading it costs. Iterative: depth is no danger."""
    cost = Cost()
    texts: list[list[int]] = []
    waiting: list[tuple[Tag | None, str, int]] = [(root, "", 0)]
    while waiting:
        element, old_root, depth = waiting.pop()
        if element is None:
            pieces, signs = texts.pop()
            cost.work += pieces * signs
            continue
        cost.elements += 1
        cost.depth = max(cost.depth, depth)
        old_root, is_read = _rename(element, old_root)
        if is_read:
            texts.append([0, 0])
            waiting.append((None, "", depth))
        children = []
        for child in element.contents:
            if isinstance(child, Tag):
                children.append((child, old_root, depth + 1))
            elif not isinstance(child, PreformattedString) and isinstance(child, NavigableString):
                for counted in texts:
                    counted[0] += 1
                    counted[1] += len(child)
        waiting += reversed(children)
    return cost


def _rename(element: Tag, inside: str) -> tuple[str, bool]:
    """Rename an element's classes; return the older root around its children, and whether it is read."""
    classes = [str(one) for one in element.attrs.get("class") or ()]
    rels = element.attrs.get("rel") or () if inside in _RELS else ()
    if not classes and not rels:
        return inside, False
    names = _CLASSES.get(inside, {})
    renamed = [_ROOTS.get(one) or names.get(one) or one for one in classes if one not in _OTHER_OLD_ROOTS]
    renamed = [f"p-{one[2:]}" if one.startswith("e-") else one for one in renamed]
    renamed += [_RELS[inside][str(rel)] for rel in rels if str(rel) in _RELS[inside]]
    if renamed != classes:
        element["class"] = AttributeValueList(dict.fromkeys(renamed))
    old = next((one for one in classes if one in _ROOTS), None)
    modern = any(one.startswith("h-") for one in classes)
    if old or modern:
        inside = "" if modern or old is None else old
    return inside, any(one.startswith(("p-", "dt-", "h-", "u-")) for one in renamed)
