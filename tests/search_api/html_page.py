"""Reads a page as a browser would see it, strictly: every element closed in order, every id once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"meta", "link", "input", "br", "hr", "img", "path", "rect", "circle"})


@dataclass
class Element:
    """One element with what is in it, in order."""

    tag: str
    attributes: dict[str, str]
    content: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text in it, spaces and line breaks made one space."""
        return " ".join("".join(self._pieces()).split())

    @property
    def raw_text(self) -> str:
        """All text in it as it is."""
        return "".join(self._pieces())

    def all(self, tag: str = "", **attributes: str) -> list["Element"]:
        """Elements within, by tag and attributes (`class_` matches one class)."""
        return [one for one in self.walk() if (not tag or one.tag == tag) and one._has(attributes)]

    def one(self, tag: str = "", **attributes: str) -> "Element":
        """The only such element."""
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} of <{tag} {attributes}>"
        return found[0]

    def link(self, text: str) -> str:
        """The address of the only link with this text."""
        (found,) = {one.attributes["href"] for one in self.all("a") if one.text == text}
        return found

    def walk(self) -> Iterator["Element"]:
        """Every element within, in order."""
        for child in self.content:
            if isinstance(child, Element):
                yield child
                yield from child.walk()

    def _pieces(self) -> Iterator[str]:
        for child in self.content:
            if isinstance(child, str):
                yield child
            else:
                yield from child._pieces()

    def _has(self, wanted: dict[str, str]) -> bool:
        for name, value in wanted.items():
            if name == "class_":
                if value not in self.attributes.get("class", "").split():
                    return False
            elif self.attributes.get(name) != value:
                return False
        return True


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice in <{tag}>"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].content.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].content.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert tag == self.open[-1].tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].content.append(data)


def read_page(html: str) -> Element:
    """Parse a page and check what holds for every page: structure, ids, labels, and nothing active in it."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert [one.tag for one in reader.open] == [""], "an element is not closed"
    page = reader.root
    _check_names(page)
    _check_inert(page)
    return page


def _check_names(page: Element) -> None:
    ids = [one.attributes["id"] for one in page.walk() if "id" in one.attributes]
    assert len(ids) == len(set(ids)), [one for one in ids if ids.count(one) > 1]
    for one in page.walk():
        for name in ("for", "aria-labelledby", "aria-describedby", "list"):
            for target in one.attributes.get(name, "").split():
                assert target in ids, f"{name}={target} leads nowhere"
        target = one.attributes.get("href", "")
        assert not target.startswith("#") or target[1:] in ids, f"{target} leads nowhere"
    labelled = {one.attributes["for"] for one in page.all("label") if "for" in one.attributes}
    inside = {id(one) for label in page.all("label") for one in label.walk()}
    for one in page.walk():
        if one.tag not in {"input", "select"} or one.attributes.get("type") == "hidden":
            continue
        named = "aria-label" in one.attributes or id(one) in inside
        assert named or one.attributes.get("id") in labelled, f"no label for {one.attributes}"
    assert len(page.all("h1")) == 1
    assert len(page.all("main")) == 1
    assert page.one("html").attributes["lang"] == "en"


def _check_inert(page: Element) -> None:
    assert not page.all("script") and not page.all("style") and not page.all("iframe") and not page.all("img")
    for one in page.walk():
        assert "style" not in one.attributes
        assert not [name for name in one.attributes if name.startswith("on")], one.attributes
        for name in ("href", "src", "action"):
            address = one.attributes.get(name, "/")
            assert address.startswith(("/", "#", "http://", "https://")), address
            assert not address.startswith("//")
            if address.startswith("http"):
                assert one.attributes["rel"] == "noopener nofollow ugc"
