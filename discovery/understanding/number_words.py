"""Numbers written as words: "fifty thousand", "zehntausend", "पचास हज़ार", "십만 명", "三万人"."""

import re

_SAID = {
    1: "one|a|ein|eine|einer|un|une|uno|una|um|uma|एक",
    2: "two|zwei|deux|dos|dois|duas|दो",
    3: "three|drei|trois|tres|तीन",
    4: "four|vier|quatre|cuatro|quatro|चार",
    5: "five|funf|cinq|cinco|पांच|पाँच",
    6: "six|sechs|seis|छह|छः",
    7: "seven|sieben|sept|siete|sete|सात",
    8: "eight|acht|huit|ocho|oito|आठ",
    9: "nine|neun|neuf|nueve|nove|नौ",
    10: "ten|zehn|dix|diez|dez|दस",
    15: "fifteen|funfzehn|quinze|quince|पंद्रह",
    20: "twenty|zwanzig|vingt|veinte|vinte|बीस",
    25: "twenty-five|funfundzwanzig|vingt-cinq|veinticinco|vinte e cinco|पच्चीस",
    30: "thirty|dreissig|trente|treinta|trinta|तीस",
    40: "forty|vierzig|quarante|cuarenta|quarenta|चालीस",
    50: "fifty|funfzig|cinquante|cincuenta|cinquenta|पचास",
    60: "sixty|sechzig|soixante|sesenta|sessenta|साठ",
    80: "eighty|achtzig|quatre-vingt|ochenta|oitenta|अस्सी",
    100: "hundred|a hundred|one hundred|hundert|cent|cien|cem|सौ",
}
BEFORE_UNIT = {word: value for value, words in _SAID.items() for word in words.split("|")}
"""Words, folded, that say how many thousands or millions."""
_DIGITS = {char: at % 9 + 1 for at, char in enumerate("一二三四五六七八九일이삼사오육칠팔구")}
_POWERS = {"十": 10, "십": 10, "百": 100, "백": 100, "千": 1_000, "천": 1_000, "万": 10_000, "만": 10_000}
EAST = re.compile(
    r"(?<![一-龠\d])[一二三四五六七八九十百千万]{1,7}(?=\s?(?:人|名|円))"
    r"|(?<![가-힣\d])(?<!\d\s)[일이삼사오육칠팔구십백천만]{1,6}(?=\s?(?:명|원)(?![가-힣]{2}))"
)
"""Numerals before a word for people or money; 만 alone is ten thousand."""


def east_value(numeral: str) -> int:
    """The worth of a Chinese or Sino-Korean numeral below a hundred million."""
    total, section, digit = 0, 0, 0
    for char in numeral:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif _POWERS[char] == 10_000:
            total += (section + digit or 1) * 10_000
            section = digit = 0
        else:
            section += (digit or 1) * _POWERS[char]
            digit = 0
    return total + section + digit
