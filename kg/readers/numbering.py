"""Automatic numbering of a docx, written out: what Word shows before a paragraph but does not store.

ISO/IEC 29500-1 §17.9: a paragraph (or its style) points to a numbering instance and a level; the
instance points to an abstract definition, whose level has a format and a text such as "%1、".
"""

from dataclasses import dataclass, field

from kg.readers.xml import Element, attribute, child, local, value

_DIGITS = "〇一二三四五六七八九"
_ENDS_ITSELF = "、.．)）:：]】"
_NO_LEVELS: dict[int, "Level"] = {}


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a numbering definition; text: its pattern with %1 … %9 for the counters."""

    start: int = 1
    format: str = "decimal"
    text: str = "%1."
    legal: bool = False
    suffix: str = "tab"


@dataclass(slots=True)
class Numbering:
    """The numbering of one document and how far its counters have run."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    instances: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, dict[int, int]] = field(default_factory=dict)
    styles: dict[str, tuple[str | None, str | None, str | None]] = field(default_factory=dict)
    counters: dict[str, dict[int, int]] = field(default_factory=dict)
    started: set[tuple[str, int]] = field(default_factory=set)

    def label(self, properties: Element | None) -> str:
        """The number to print before the paragraph with these properties (w:pPr); "" for none."""
        instance, depth = self._place(properties)
        abstract = self.instances.get(instance or "")
        level = self.levels.get(abstract or "", _NO_LEVELS).get(depth)
        if instance is None or abstract is None or level is None:
            return ""
        self._count(instance, abstract, depth, level)
        if level.format in ("bullet", "none") and "%" not in level.text:
            return ""
        label = self._fill(abstract, level, depth)
        gap = "" if level.suffix == "nothing" or not label or label[-1] in _ENDS_ITSELF else " "
        return label + gap

    def _place(self, properties: Element | None) -> tuple[str | None, int]:
        """Numbering instance and level of a paragraph: its own, else its style's, else none."""
        direct = child(properties, "numPr")
        instance, depth = value(direct, "numId"), value(direct, "ilvl")
        style = value(properties, "pStyle")
        for _ in range(len(self.styles)):
            if style is None or (instance is not None and depth is not None):
                break
            styled_instance, styled_depth, style = self.styles.get(style, (None, None, None))
            instance, depth = instance or styled_instance, depth or styled_depth
        return instance, int(depth) if depth and depth.isdecimal() else 0

    def _count(self, instance: str, abstract: str, depth: int, level: Level) -> None:
        """Step this level's counter; deeper levels begin again."""
        counters = self.counters.setdefault(abstract, {})
        restart = self.overrides.get(instance, {}).get(depth)
        if restart is not None and (instance, depth) not in self.started:
            self.started.add((instance, depth))
            counters[depth] = restart
        else:
            counters[depth] = counters.get(depth, level.start - 1) + 1
        for deeper in [d for d in counters if d > depth]:
            del counters[deeper]

    def _fill(self, abstract: str, level: Level, depth: int) -> str:
        """The level's text with every %n replaced by the counter of level n in that level's format."""
        text = level.text
        for other in range(depth + 1):
            shown = self.levels[abstract].get(other, Level())
            count = self.counters[abstract].get(other, shown.start)
            text = text.replace(f"%{other + 1}", numeral(count, "decimal" if level.legal else shown.format))
        return text


def read_numbering(numbering: Element | None, styles: Element | None) -> Numbering:
    """The numbering that word/numbering.xml and word/styles.xml define; either may be missing."""
    result = Numbering(styles=_styles(styles))
    for element in () if numbering is None else numbering:
        if local(element) == "abstractNum":
            found = {_level_number(e): _level(e) for e in element if local(e) == "lvl"}
            result.levels[attribute(element, "abstractNumId") or ""] = found
        elif local(element) == "num":
            number = attribute(element, "numId") or ""
            result.instances[number] = value(element, "abstractNumId") or ""
            result.overrides[number] = {
                _level_number(e): _integer(value(e, "startOverride"), 1)
                for e in element
                if local(e) == "lvlOverride" and value(e, "startOverride")
            }
    return result


def _level(element: Element) -> Level:
    return Level(
        _integer(value(element, "start"), 1),
        value(element, "numFmt") or "decimal",
        value(element, "lvlText") or "",
        child(element, "isLgl") is not None,
        value(element, "suff") or "tab",
    )


def _level_number(element: Element) -> int:
    return _integer(attribute(element, "ilvl"), 0)


def _integer(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 7 else default


def _styles(styles: Element | None) -> dict[str, tuple[str | None, str | None, str | None]]:
    """Style id → numbering instance, level, and the style it is based on."""
    found = {}
    for style in () if styles is None else styles:
        if local(style) == "style":
            numbered = child(child(style, "pPr"), "numPr")
            place = (value(numbered, "numId"), value(numbered, "ilvl"), value(style, "basedOn"))
            found[attribute(style, "styleId") or ""] = place
    return found


def numeral(number: int, fmt: str) -> str:
    """A number in one of Word's numeral formats (ST_NumberFormat); unknown ones count in digits."""
    if fmt in ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"):
        return chinese_numeral(number)
    if fmt in ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "taiwaneseCounting"):
        return "".join(_DIGITS[int(d)] for d in str(number)) if number > 10 else chinese_numeral(number)
    if fmt.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if fmt == "decimalFullWidth":
        return str(number).translate({ord("0") + d: ord("０") + d for d in range(10)})
    if fmt == "decimalZero":
        return f"{number:02}"
    if fmt in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if fmt == "lowerLetter" else letter.upper()
    if fmt in ("lowerRoman", "upperRoman"):
        return _roman(number) if fmt == "upperRoman" else _roman(number).lower()
    return "" if fmt == "none" else str(number)


def chinese_numeral(number: int) -> str:
    """1–9999 as headings count: 一, 十, 十二, 二十, 一百零五; larger ones in digits."""
    if not 0 < number < 10_000:
        return str(number)
    text, gap = "", False
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += ("零" if gap and text else "") + _DIGITS[digit] + unit
        gap = digit == 0
    return text.removeprefix("一") if text.startswith("一十") else text


def _roman(number: int) -> str:
    text = ""
    signs = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"))
    for worth, sign in (*signs, (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        count, number = divmod(number, worth)
        text += sign * count
    return text
