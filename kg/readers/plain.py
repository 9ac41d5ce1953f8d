"""txt: bytes → characters, in the encoding that the bytes themselves prove.

A byte order mark decides; else strict UTF-8; else the strict decoding among UTF-16, GB18030 and Big5
whose characters read like Chinese. Wrong decodings of Chinese give rare characters, so the share of
everyday ones tells them apart: above 0.5 in real plans, below 0.1 in wrong decodings, from 20 characters on.
"""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DocumentError
from kg.limits import Limits
from kg.readers.base import Text
from kg.readers.messages import note, refusal
from kg.readers.sniff import ForeignFormatError, refuse_binary

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
#: tried without a mark, in this order; the first wins a tie, so the national standard comes first
_UNMARKED = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")

#: everyday characters of official Chinese, simplified then their traditional forms, and punctuation
_EVERYDAY = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种"
    "面而方后多定行学法所民得经十三之进着等部度家力如水化高自二理起小物现实加量都两体制机当使点从业本把性"
    "好应开合还因由其些前外政四日社义事平相全表间样与关各重新内数正利比或质第向道条只结解问意建月公无系情"
    "者最立代已通并提题党程展五果员革位入常文总次品式设及管特件长求老基资路级少统接知较将组计别期运农指几"
    "九区强放决被做任取据处务服养市县省府办构目标划施护健康保障机率"
    "這個為國時來們對會發動產種後學經進著當點從業應開還無現實兩體質關間樣與過說黨義條結問題長將組計別運農"
    "幾區強決據處務養縣辦構標劃護樓門車"
    "，。、；：（）《》“”\u3000·—"
)
_PLAUSIBLE = 0.2
_SAMPLE = 200_000
_FEW = 12
#: one undecodable place in this many characters is damage; more is another encoding
_DAMAGE = 50
_DIRECTIONS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LAYOUT = frozenset("\t\n\r\f")
_CONTROLS = frozenset(map(chr, (*range(32), 127))) - _LAYOUT


@dataclass(frozen=True, slots=True)
class Decoding:
    """Bytes read in one encoding; share: everyday characters among all Chinese ones, 0..1."""

    encoding: str
    characters: str
    notes: tuple[str, ...] = ()
    share: float = 0.0
    chinese: int = 0


def read_txt(path: Path, name: str, limits: Limits) -> Text:
    """Read one plain text file; see `decode` for what it takes and refuses."""
    data = path.read_bytes()
    decoding = decode(data, name)
    notes = (*decoding.notes, *strange_characters(decoding.characters))
    return Text(name, decoding.characters, "txt", decoding.encoding, notes=notes)


def decode(data: bytes, name: str) -> Decoding:
    """The characters of a text file's bytes and the encoding that gives them.

    Raises:
        DocumentError: the bytes are no text, or of no encoding that gives readable text.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode_marked(data, mark, encoding, name)
    wide = _wide_encoding(data)
    if wide:
        return Decoding(wide, data.decode(wide, "replace"), (note("no_bom", encoding=wide),))
    try:
        refuse_binary(data)
    except ForeignFormatError as e:
        what, what_en = e.args
        raise refusal(name, "binary", what=what, what_en=what_en) from e
    try:
        return Decoding("utf-8", data.decode("utf-8"))
    except UnicodeDecodeError:
        return _decode_unmarked(data, name)


def _decode_marked(data: bytes, mark: bytes, encoding: str, name: str) -> Decoding:
    """Bytes after a byte order mark, which is not kept; undecodable places become U+FFFD."""
    characters = data.decode(encoding, "replace").removeprefix("\ufeff")
    damage = characters.count("\ufffd")
    share, foreign = plausibility(characters)
    noise = encoding != "utf-8-sig" and foreign > _FEW and share < _PLAUSIBLE / 4
    if damage * _DAMAGE > len(characters) or noise:
        raise refusal(name, "unknown_encoding")
    notes = (note("damaged_encoding", count=damage),) if damage else ()
    return Decoding(encoding, characters, notes)


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark, seen from the zero bytes of its digits, line ends and Latin letters."""
    sample = data[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) < max(2, len(sample) // 100) or min(even, odd) * 8 > max(even, odd):
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    characters = data[: len(sample) & ~1].decode(encoding, "replace")
    readable = sum(c.isprintable() or c in _LAYOUT for c in characters)
    return encoding if readable > 0.95 * len(characters) else None


def _decode_unmarked(data: bytes, name: str) -> Decoding:
    """The most plausible of the strict decodings, else of those with a little damage."""
    strict = list(_candidates(data, "strict"))
    best = max(strict, key=lambda d: d.share, default=None)
    if best and best.share >= _PLAUSIBLE:
        return best
    damaged = max(_candidates(data, "replace"), key=lambda d: d.share, default=None)
    if damaged and damaged.share >= _PLAUSIBLE and damaged.chinese > _FEW:
        return damaged
    if best and best.encoding == "gb18030" and best.chinese <= _FEW:
        return Decoding(best.encoding, best.characters, (note("guessed", encoding="GB18030"),))
    raise refusal(name, "unknown_encoding")


def _candidates(data: bytes, errors: str) -> Iterator[Decoding]:
    """Every decoding that the bytes allow, each with its plausibility."""
    for encoding in ("utf-8", *_UNMARKED) if errors == "replace" else _UNMARKED:
        try:
            characters = data.decode(encoding, errors)
        except UnicodeDecodeError:
            continue
        damage = characters.count("\ufffd")
        if damage * _DAMAGE > len(characters):
            continue
        notes = [note("no_bom", encoding=encoding)] if encoding.startswith("utf-16") else []
        notes += [note("damaged_encoding", count=damage)] if damage else []
        yield Decoding(encoding, characters, tuple(notes), *plausibility(characters))


def is_chinese(data: bytes) -> bool:
    """Whether bytes read as Chinese text beyond doubt, in some encoding."""
    try:
        share, chinese = plausibility(decode(data, "").characters)
    except DocumentError:
        return False
    return share >= _PLAUSIBLE and chinese > _FEW


def plausibility(characters: str) -> tuple[float, int]:
    """Share of everyday characters among all that are not ASCII (0..1), and how many these are."""
    foreign = [c for c in characters[:_SAMPLE] if c > "\x7f"]
    return (sum(c in _EVERYDAY for c in foreign) / len(foreign) if foreign else 0.0), len(foreign)


def strange_characters(characters: str) -> tuple[str, ...]:
    """Notes on control characters and writing-direction marks, which offsets count as they stand."""
    if characters.isprintable():
        return ()
    controls = sum(map(characters.count, _CONTROLS))
    directions = sum(map(characters.count, _DIRECTIONS))
    notes = [note("controls", count=controls)] if controls else []
    return (*notes, *([note("directions", count=directions)] if directions else []))
