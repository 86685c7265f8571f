"""Draws TOML documents and writes down in which line each value was first named."""

from hypothesis.strategies import DrawFn, booleans, composite, integers, sampled_from

from crawl_config.lines import Place

PLAIN = ("true", "1_000", "-1.5e3", "0xff", "inf", "1979-05-27 07:32:00", "1979-05-27T07:32:00Z", "07:32:00")
TEXTS = (
    '""',
    '"a # b \\" ] } \\\\"',
    "'[no] # table = {'",
    '"""one line"""',
    '"""\n[a table]\nkey = 1\n"""',
    '"""with \\""" and ""quotes"" and two more"""""',
    '"""folded \\\n   away, # no comment"""',
    "''''two' quotes'''''",
    "'''\n[[ x ]]\nk = [\n'''",
    "''''''",
)
NAMES = ("{}", '"{}"', "'{}'", '"a.b {}"', "'# {} = ['", '"\\u0041 \\" {}"', '"ä{}"')
DECODED = ("{}", "{}", "{}", "a.b {}", "# {} = [", 'A " {}', "ä{}")
GAPS = ("", " ", "\t ")
BREAKS = ("\n", "\n\n", "# next = [\n", ' # a comment, with [ and "\n', "\n# 'another = 1\n  ")


class Writer:
    """A document in the making."""

    def __init__(self, draw: DrawFn) -> None:
        self._draw = draw
        self._names = 0
        self.text = ""
        self.lines: dict[Place, int] = {}

    def document(self) -> None:
        self._pairs(())
        for _ in range(self._number(3)):
            self._break()
            if self._draw(booleans()):
                self._table(())
            else:
                self._repeated_tables()

    def _table(self, above: Place, prefix: str = "") -> None:
        name, key = self._name()
        inner = self._draw(booleans())
        self._note((*above, key))
        deeper = self._name() if inner else None
        place: Place = (*above, key)
        if deeper:
            place = (*place, deeper[1])
            self._note(place)
        self.text += f"[{prefix}{self._gap()}{name}{f' . {deeper[0]}' if deeper else ''}{self._gap()}]"
        self._break()
        self._pairs(place)

    def _repeated_tables(self) -> None:
        name, key = self._name()
        for number in range(1 + self._number(2)):
            self._note((key,))
            self._note((key, number))
            self.text += f"[[{self._gap()}{name}{self._gap()}]]"
            self._break()
            self._pairs((key, number))
            if self._draw(booleans()):
                self._table((key, number), prefix=f"{name}.")

    def _pairs(self, table: Place) -> None:
        for _ in range(self._number(3)):
            self._pair(table, 2)
            self._break()

    def _pair(self, table: Place, depth: int) -> None:
        place = table
        for number in range(1 + self._number(1)):
            name, key = self._name()
            place = (*place, key)
            self._note(place)
            self.text += f"{f'{self._gap()}.{self._gap()}' if number else ''}{name}"
        self.text += f"{self._gap()}={self._gap()}"
        self._value(place, depth)

    def _value(self, place: Place, depth: int) -> None:
        kind = self._draw(sampled_from(("plain", "text", "list", "table") if depth else ("plain", "text")))
        if kind == "plain":
            self.text += self._draw(sampled_from(PLAIN))
        elif kind == "text":
            self.text += self._draw(sampled_from(TEXTS))
        elif kind == "list":
            self._list(place, depth - 1)
        else:
            self._inline_table(place, depth - 1)

    def _list(self, place: Place, depth: int) -> None:
        self.text += "["
        count = self._number(3)
        for number in range(count):
            self._loose_gap()
            self._note((*place, number))
            self._value((*place, number), depth)
            self._loose_gap()
            if number < count - 1 or self._draw(booleans()):
                self.text += ","
        self._loose_gap()
        self.text += "]"

    def _inline_table(self, place: Place, depth: int) -> None:
        self.text += "{" + self._gap()
        for number in range(self._number(2)):
            self.text += f",{self._gap()}" if number else ""
            self._pair(place, depth)
            self.text += self._gap()
        self.text += "}"

    def _note(self, place: Place) -> None:
        self.lines.setdefault(place, self.text.count("\n") + 1)

    def _name(self) -> tuple[str, str]:
        self._names += 1
        style = self._draw(integers(0, len(NAMES) - 1))
        return NAMES[style].format(f"k{self._names}"), DECODED[style].format(f"k{self._names}")

    def _number(self, most: int) -> int:
        return self._draw(integers(0, most))

    def _gap(self) -> str:
        return self._draw(sampled_from(GAPS))

    def _loose_gap(self) -> None:
        self.text += self._draw(sampled_from((*GAPS, *BREAKS)))

    def _break(self) -> None:
        self.text += self._draw(sampled_from(BREAKS))


@composite
def documents(draw: DrawFn) -> tuple[str, dict[Place, int]]:
    """Draw a document with the line of each of its places."""
    writer = Writer(draw)
    writer.document()
    return writer.text, writer.lines
