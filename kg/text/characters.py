"""One form for every character that has several: widths, radicals, quotes, spaces, line ends.

The table maps one character to one character, so offsets stay. Sources: Unicode blocks "Halfwidth
and Fullwidth Forms", "Kangxi Radicals" and "CJK Radicals Supplement" (which NFKC leaves alone).
"""

import re
import unicodedata

#: CJK Radicals Supplement characters that PDF text layers print for ordinary ones
_RADICALS = {
    "⺠": "民", "⻄": "西", "⻅": "见", "⻆": "角", "⻉": "贝", "⻋": "车", "⻓": "长", "⻔": "门", "⻘": "青",
    "⻙": "韦", "⻚": "页", "⻛": "风", "⻜": "飞", "⻝": "食", "⻢": "马", "⻣": "骨", "⻤": "鬼", "⻥": "鱼",
    "⻦": "鸟", "⻨": "麦", "⻩": "黄", "⻬": "齐", "⻮": "齿", "⻰": "龙", "⺟": "母", "⺫": "目", "⺮": "竹",
    "⺼": "肉", "⺾": "艹", "⻁": "虎", "⻃": "覀", "⻌": "辶", "⻏": "阝", "⻑": "長", "⻗": "雨", "⻲": "龟",
    "⺀": "冫", "⺌": "小", "⺍": "小", "⺕": "彐", "⺗": "心", "⺝": "月", "⺡": "氵", "⺣": "灬", "⺩": "王",
    "⺪": "疋", "⺬": "示", "⺶": "羊", "⺷": "羊", "⺸": "羊", "⻂": "衤", "⻊": "足", "⻖": "阝", "⻞": "食",
    "⻟": "食", "⻧": "卤", "⻪": "黾", "⻫": "斉", "⻭": "歯", "⻯": "竜", "⻳": "龟",
}  # fmt: skip
#: quotation marks of every shape, and the ditto mark that scans print for them
_QUOTES = dict.fromkeys("“”„‟〝〞〃＂″", '"') | dict.fromkeys("‘’‚‛＇", "'")
_SPACES = dict.fromkeys(
    "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\ufeff\u200b\u200c"
    "\u200d\u2060\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x0b\r",
    " ",
)
_BREAKS = dict.fromkeys("\x0c\u2028\u2029\x85", "\n")
_PUNCTUATION = {
    "﹝": "〔",
    "﹞": "〕",
    "﹙": "(",
    "﹚": ")",
    "﹪": "%",
    "∶": ":",
    "﹕": ":",
    "﹔": ";",
    "﹐": ",",
}
_DASHES = dict.fromkeys("－﹣−‐‑", "-") | {"―": "—", "─": "—", "━": "—"}


def _full_width() -> dict[str, str]:
    """Full-width ASCII, U+FF01–FF5E, to ASCII."""
    return {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}


def _kangxi() -> dict[str, str]:
    """Kangxi Radicals, U+2F00–2FD5, to the ordinary characters that NFKC names."""
    return {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}


#: str.translate table; full-width stop 。 and list comma 、 stay, they have no ASCII twin
_PLAIN = _full_width() | _kangxi() | _RADICALS | _QUOTES | _SPACES | _BREAKS | _PUNCTUATION | _DASHES
UNIFIED: dict[int, str] = str.maketrans(_PLAIN)
_OTHERWISE = re.compile(f"[{re.escape(''.join(_PLAIN))}]")


def unified(text: str) -> str:
    """The text with every character in its one form.

    Nine characters in ten are in it already: to look for the others alone is four times as fast as
    `str.translate`, which asks the table about each.
    """
    return _OTHERWISE.sub(lambda match: _PLAIN[match[0]], text)
