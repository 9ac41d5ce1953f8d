"""Damaged characters restored where only one reading is possible; offsets stay.

PDF text layers print some fonts' characters as Kangxi radicals, which later tools lose: every 老, 大, 生 …
of a text becomes "?". What is lost are then just those radicals that the text prints nowhere. A reading
comes from the words of `kg/data/words.tsv`; where two words fit equally well the damage stays as it is.
Genuine question marks stay, for no word fits them.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kg.data import lines
from kg.model import Repair

_MARKS = "?\ufffd□"
#: characters whose code points also exist as radicals and get lost there
_RADICALS = frozenset(unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)) | frozenset(
    "民西见长门页风飞马鱼鸟麦黄齐齿龙车贝网"
)
_SPOT = re.compile(r"\?")
_DAY = re.compile(r"(?<!\d)(?P<month>\d{1,2})(?P<m>\?)(?P<day>\d{1,2})(?P<d>\?)(?!\d)")
_LONGEST = 9  # characters of a word
_MANY, _RATE = 12, 0.004  # spots, and of all characters, from which on the text tells what it has lost
_PRINTED = 3  # printed letters that must bear a word out
_AHEAD = 2  # letters by which it must lead any other reading
_ENOUGH = 40  # readings of one spot that are looked at
_AGREEING = 3  # sure readings of the pattern that it takes


def mend(raw: str, start: int = 0, end: int | None = None) -> tuple[str, tuple[Repair, ...]]:
    """The whole raw text with raw[start:end] mended, same length, and each repair with its evidence.

    Linear in length; a text without damage is handed back as it is.
    """
    end = len(raw) if end is None else end
    if not _may_be_damaged(raw, start, end):
        return raw, ()
    characters = list(raw)
    repairs = [*_misread(raw, start, end)]
    for repair in repairs:
        filled = repair.mended[0] + " " * (repair.end - repair.start - len(repair.mended)) + repair.mended[1:]
        characters[repair.start : repair.end] = filled
    repairs += _restored(characters, raw, start, end)
    return "".join(characters), tuple(sorted(repairs, key=lambda repair: repair.start))


def _may_be_damaged(raw: str, start: int, end: int) -> bool:
    return any(raw.find(mark, start, end) >= 0 for mark in (*_MARKS, *_misread_words()))


# --- look-alikes and characters taken apart -----------------------------------------------------------


def _misread(raw: str, start: int, end: int) -> Iterator[Repair]:
    """Words of the table; what is left over of a character taken apart becomes a blank, which views drop."""
    words = _misread_words()
    pattern = re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))
    for match in pattern.finditer(raw, start, end):
        yield Repair(
            start=match.start(),
            end=match.end(),
            raw=match[0],
            mended=words[match[0]],
            evidence=f"{match[0]} → {words[match[0]]}",
        )


@lru_cache(maxsize=1)
def _misread_words() -> dict[str, str]:
    return dict(line.split("\t", 1) for line in lines("misread.tsv")[1:])


# --- lost characters ----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Damaged:
    """A damaged stretch without its blanks and with "?" for every mark; tabs, which part cells, stay.

    places: raw index of each character. breaks: the characters that begin a line. lost: what a spot may
    stand for, None for anything.
    """

    printed: str
    places: list[int]
    breaks: frozenset[int]
    spots: list[int]
    lost: frozenset[str] | None


class _Reading(NamedTuple):
    """A character for a spot: the word that has it, how many printed letters bear the word out.

    pattern and at: the word as it stands, its damage included, and the spot's place in it.
    """

    character: str
    word: str
    borne: int
    pattern: str
    at: int


class _Read(NamedTuple):
    """Spots that stand in the same surroundings, and their readings, best borne out first."""

    spots: list[int]
    found: list[_Reading]


#: spot → its character and the evidence
_Filled = dict[int, tuple[str, str]]


def _restored(characters: list[str], raw: str, start: int, end: int) -> list[Repair]:
    """What the spots of raw[start:end] stand for, written into `characters`: words, usage, dates."""
    damaged = _damaged(characters, start, end)
    readings = _all_readings(damaged)
    decided = _decided(readings)
    filled = (_elsewhere(damaged) if damaged.lost is None else {}) | _agreed(readings, decided, damaged)
    filled |= decided | dict(_dates(damaged))
    repairs = []
    for spot, (character, evidence) in filled.items():
        at = damaged.places[spot]
        characters[at] = character
        repairs.append(Repair(start=at, end=at + 1, raw=raw[at], mended=character, evidence=evidence))
    return repairs


def _damaged(characters: list[str], start: int, end: int) -> _Damaged:
    places = [at for at in range(start, end) if characters[at] == "\t" or not characters[at].isspace()]
    lines = (at for at, place in enumerate(places) if place and characters[place - 1] == "\n")
    printed = "".join(characters[at] for at in places).translate(dict.fromkeys(map(ord, _MARKS), "?"))
    spots = [match.start() for match in _SPOT.finditer(printed)]
    lost = _RADICALS - set(printed) if len(spots) >= _MANY and len(spots) > _RATE * len(printed) else None
    return _Damaged(printed, places, frozenset(lines), spots, lost)


def _dates(damaged: _Damaged) -> Iterator[tuple[int, tuple[str, str]]]:
    """4?26? is a month and a day, as long as these characters are among the lost."""
    if damaged.lost is None or not {"月", "日"} <= damaged.lost:
        return
    for match in _DAY.finditer(damaged.printed):
        if 1 <= int(match["month"]) <= 12 and 1 <= int(match["day"]) <= 31:
            evidence = f"日期:{match['month']}月{match['day']}日"
            yield match.start("m"), ("月", evidence)
            yield match.start("d"), ("日", evidence)


def _all_readings(damaged: _Damaged) -> list[_Read]:
    """The readings of every spot that stands beside Han characters, one entry for the same surroundings."""
    known: dict[str, _Read] = {}
    for spot in damaged.spots:
        around = damaged.printed[max(0, spot - _LONGEST) : spot + _LONGEST]
        key = around if spot >= _LONGEST else f"{spot}{around}"
        if key in known:
            known[key].spots.append(spot)
        elif any(map(_is_han, damaged.printed[max(0, spot - 2) : spot + 3])):
            known[key] = _Read([spot], _readings(damaged, spot))
    return [read for read in known.values() if read.found]


def _is_han(letter: str) -> bool:
    return "一" <= letter <= "龥"


def _are_four_han(letters: str) -> bool:
    return len(letters) == 4 and all(map(_is_han, letters))


def _readings(damaged: _Damaged, spot: int) -> list[_Reading]:
    """The words that fit around a spot, best borne out first, at most a few dozen."""
    index = _index(damaged.lost is None)
    found = []
    for first in range(max(0, spot - _LONGEST + 1), spot + 1):
        window = damaged.printed[first : first + _LONGEST]
        for last in range(max(2, spot - first + 1), len(window) + 1):
            pattern = window[:last]
            for word, weight in index.get(pattern, ()):
                if damaged.lost is None or _is_lost(word, pattern, damaged.lost):
                    broken = any(at in damaged.breaks for at in range(first + 1, first + last))
                    borne = last - pattern.count("?") + weight - broken
                    found.append(_Reading(word[spot - first], word, borne, pattern, spot - first))
    return sorted(found, key=lambda one: (-one.borne, -len(one.word), one.word))[:_ENOUGH]


def _is_lost(word: str, pattern: str, lost: frozenset[str]) -> bool:
    return all(letter in lost for letter, printed in zip(word, pattern, strict=True) if printed == "?")


def _decided(readings: Iterable[_Read]) -> _Filled:
    """Spots with one reading: borne out by enough printed letters, and no other reading comes near it."""
    filled: _Filled = {}
    for read in readings:
        best = read.found[0]
        rival = next((one.borne for one in read.found if one.character != best.character), 0)
        if best.borne >= _PRINTED and rival <= best.borne - _AHEAD:
            filled |= dict.fromkeys(read.spots, (best.character, f"唯一读法:{best.word}"))
    return filled


def _agreed(readings: Iterable[_Read], decided: _Filled, damaged: _Damaged) -> _Filled:
    """Spots whose pattern the text reads one way wherever it is sure, with no better word against it."""
    usage = _usage(decided, damaged)
    filled: _Filled = {}
    for read in readings:
        if read.spots[0] in decided:
            continue
        for reading in read.found:
            votes = usage.get(_shape(reading, read.found), Counter())
            enough = _AGREEING if len(reading.pattern) == 3 else _MANY
            if len(votes) == 1 and votes[reading.character] >= enough:
                filled |= dict.fromkeys(read.spots, (reading.character, f"同文同处均作:{reading.word}"))
                break
    return filled


def _shape(reading: _Reading, found: list[_Reading]) -> tuple[str, int]:
    """The pattern whose use elsewhere may decide for a reading; ("", 0) where another word fits better.

    It is the word's own three letters, or, where a word that is borne out has a rival, the damaged letter
    and the one before it.
    """
    rivals = [one for one in found if one.character != reading.character and one.borne >= reading.borne]
    if len(reading.pattern) == 3 and all(one.pattern in reading.pattern for one in rivals):
        return reading.pattern, reading.at
    best = found[0].borne == reading.borne >= _PRINTED
    return (reading.pattern[reading.at - 1 :][:2], 1) if best and reading.at else ("", 0)


def _usage(filled: _Filled, damaged: _Damaged) -> dict[tuple[str, int], Counter[str]]:
    """How the sure spots read each pattern of two or three letters: (pattern, place) → characters."""
    usage: dict[tuple[str, int], Counter[str]] = defaultdict(Counter)
    for spot, (character, _) in filled.items():
        for size in (2, 3):
            for first in range(max(0, spot - size + 1), spot + 1):
                usage[damaged.printed[first : first + size], spot - first][character] += 1
    return usage


def _elsewhere(damaged: _Damaged) -> _Filled:
    """Spots between letters that the text prints elsewhere, always with the same one between them."""
    text = damaged.printed
    sides = {spot: (text[max(0, spot - 2) : spot], text[spot + 1 : spot + 3]) for spot in damaged.spots}
    wanted = {side: Counter[str]() for side in sides.values() if _are_four_han("".join(side))}
    for at in range(2, len(text) - 2 if wanted else 0):
        if text[at] != "?" and (seen := wanted.get((text[at - 2 : at], text[at + 1 : at + 3]))) is not None:
            seen[text[at]] += 1
    filled: _Filled = {}
    for spot, (left, right) in sides.items():
        seen = wanted.get((left, right), Counter())
        if len(seen) == 1 and seen.total() >= 2:
            character = next(iter(seen))
            filled[spot] = (character, f"同文他处印作:{left}{character}{right}")
    return filled


# --- the words ----------------------------------------------------------------------------------------


@lru_cache(maxsize=2)
def _index(whole: bool) -> dict[str, list[tuple[str, int]]]:
    """Damaged pattern → words with their weights: any radicals lost, in whole texts any one letter."""
    index: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for entry in _words().items():
        for pattern in _single(entry[0]) if whole else _radicals(entry[0]):
            index[pattern].append(entry)
    return index


def _single(word: str) -> list[str]:
    """The word with any one letter lost."""
    places = range(len(word)) if len(word) > _PRINTED else ()
    return [f"{word[:at]}?{word[at + 1 :]}" for at in places]


def _radicals(word: str) -> list[str]:
    """The word with any of its radicals lost, as long as one letter is left."""
    patterns = [""]
    for letter in word:
        lost = [f"{pattern}?" for pattern in patterns] if letter in _RADICALS else []
        patterns = [pattern + letter for pattern in patterns] + lost
    return [pattern for pattern in patterns[1:] if pattern.strip("?")]


@lru_cache(maxsize=1)
def _words() -> dict[str, int]:
    """The table's words; a set phrase, marked by "*", weighs as if one more of its letters were printed."""
    words = (word for line in lines("words.tsv")[1:] for word in line.split("\t")[1].split())
    weights: dict[str, int] = {}
    for word in words:
        bare = word.rstrip("*")
        if len(bare) <= _LONGEST:
            weights[bare] = max(weights.get(bare, 0), len(word) - len(bare))
    return weights
