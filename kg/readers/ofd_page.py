"""The content of an ofd page (GB/T 33190-2016 §7.7, §8, §9, §11): objects → pieces, rules, pictures.

Objects stand in layers, page blocks and composite objects, each with a boundary and a matrix; every
coordinate here is brought to the page, in millimetres from its top left corner.
"""

import math
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kg.readers.base import tidy
from kg.readers.lattice import Rule
from kg.readers.lines import Piece
from kg.readers.xml import Element, child, local

#: millimetres; a stroke may lean by so much, and is a rule from so long
_THIN, _LONG = 0.9, 2.0
#: where the baseline of Chinese fonts stands, as a share of the character's height
_BASELINE = 0.88
_NESTING = 32
_CHARACTERS = 100_000

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Content:
    """What stands on one page: characters, rules, and ids of the pictures shown on it."""

    pieces: list[Piece] = field(default_factory=list)
    across: list[Rule] = field(default_factory=list)
    down: list[Rule] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)


def collect(page: Element, units: Mapping[str, Element], content: Content, origin: Point) -> None:
    """Add all objects of a page or template to `content`.

    units: composite graphic units by id. origin: the page box's top left corner.
    """
    start: Matrix = (1.0, 0.0, 0.0, 1.0, -origin[0], -origin[1])
    for layer in page.iterfind("{*}Content/{*}Layer"):
        _collect(layer, start, units, content, 0)


def _collect(
    parent: Element, matrix: Matrix, units: Mapping[str, Element], content: Content, depth: int
) -> None:
    """The objects of one layer, page block or composite unit."""
    for item in parent if depth < _NESTING else ():
        name = local(item)
        if item.get("Visible") == "false" or not name:
            continue
        own = _times(matrix, _own_matrix(item))
        if name == "TextObject":
            content.pieces.extend(_characters(item, own))
        elif name == "PathObject":
            _add_rules(item, own, content)
        elif name == "ImageObject":
            content.pictures.append(item.get("ResourceID") or "")
        elif name == "PageBlock":
            _collect(item, matrix, units, content, depth + 1)
        elif name == "CompositeObject" and (unit := units.get(item.get("ResourceID") or "")) is not None:
            inner = child(unit, "Content")
            _collect(inner if inner is not None else unit, own, units, content, depth + 1)


def _own_matrix(item: Element) -> Matrix:
    """From an object's coordinates to its parent's: its matrix, then its boundary's corner."""
    left, top = (*numbers(item.get("Boundary")), 0.0, 0.0)[:2]
    values = numbers(item.get("CTM"))
    a, b, c, d, e, f = values if len(values) == 6 else _SAME
    return a, b, c, d, e + left, f + top


def _times(outer: Matrix, inner: Matrix) -> Matrix:
    """First `inner`, then `outer`."""
    a, b, c, d, e, f = inner
    x, y = _on((outer[0], outer[1], outer[2], outer[3], 0.0, 0.0), (a, b))
    z, w = _on((outer[0], outer[1], outer[2], outer[3], 0.0, 0.0), (c, d))
    return (x, y, z, w, *_on(outer, (e, f)))


def _on(matrix: Matrix, point: Point) -> Point:
    a, b, c, d, e, f = matrix
    return a * point[0] + c * point[1] + e, b * point[0] + d * point[1] + f


def _characters(item: Element, matrix: Matrix) -> Iterator[Piece]:
    """The characters of a text object (§11.3): each steps by its delta, else by its width."""
    size = (*numbers(item.get("Size")), 0.0)[0]
    scale = (*numbers(item.get("HScale")), 1.0)[0]
    height = size * (math.hypot(matrix[2], matrix[3]) or 1.0)
    x = y = 0.0
    for code in item:
        if local(code) != "TextCode":
            continue
        text = (code.text or "").strip("\n")[:_CHARACTERS]
        x, y = (*numbers(code.get("X")), x)[0], (*numbers(code.get("Y")), y)[0]
        steps = _deltas(code.get("DeltaX"), len(text))
        falls = _deltas(code.get("DeltaY"), len(text))
        across, along = x, y
        for index, character in enumerate(text):
            step = steps[index] if index < len(steps) else 0.0
            width = step if 0 < step <= size * scale else _width(character) * size * scale
            left, base = _on(matrix, (across, along))
            right, _ = _on(matrix, (across + width, along))
            if shown := tidy(character):
                top, bottom = base - height * _BASELINE, base + height * (1 - _BASELINE)
                yield Piece(shown, min(left, right), top, max(left, right), bottom)
            across += step if index < len(steps) else (0.0 if falls else width)
            along += falls[index] if index < len(falls) else 0.0


def _width(character: str) -> float:
    """Advance in em when the file gives none."""
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5


def _deltas(text: str | None, limit: int) -> list[float]:
    """A list of steps; "g 3 4.2" stands for 4.2 three times. Never more than `limit`."""
    steps: list[float] = []
    tokens = iter((text or "").split())
    for token in tokens:
        if len(steps) >= limit:
            break
        if token == "g":
            count, step = (*numbers(next(tokens, "")), 0.0)[0], (*numbers(next(tokens, "")), 0.0)[0]
            steps += [step] * max(0, min(int(count), limit - len(steps)))
        else:
            steps += numbers(token)
    return steps


def _add_rules(item: Element, matrix: Matrix, content: Content) -> None:
    """The horizontal and vertical straight strokes of a path object."""
    for first, second in _strokes(item):
        (x0, y0), (x1, y1) = _on(matrix, first), _on(matrix, second)
        if abs(y0 - y1) <= _THIN and abs(x0 - x1) > _LONG:
            content.across.append(Rule((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
        elif abs(x0 - x1) <= _THIN and abs(y0 - y1) > _LONG:
            content.down.append(Rule((x0 + x1) / 2, min(y0, y1), max(y0, y1)))


def _strokes(item: Element) -> Iterator[tuple[Point, Point]]:
    """The straight strokes of abbreviated path data (§9.3): S and M move, L draws, C closes."""
    data = child(item, "AbbreviatedData")
    start = last = None
    for operator, values in _operations("" if data is None else data.text or ""):
        point = (values[-2], values[-1]) if len(values) >= 2 else None
        if operator == "C":
            point = start
        if operator in "LC" and last and point:
            yield last, point
        start = point if operator in "SM" else start
        last = point


def _operations(data: str) -> Iterator[tuple[str, list[float]]]:
    """Operators with their coordinates."""
    operator, values = "", list[float]()
    for token in data.split():
        if token.isalpha():
            if operator:
                yield operator, values
            operator, values = token, []
        else:
            values.extend(numbers(token))
    if operator:
        yield operator, values


def numbers(text: str | None) -> list[float]:
    """Finite numbers parted by spaces or commas; none at all when one of them is no number."""
    try:
        found = [float(token) for token in (text or "").replace(",", " ").split()]
    except ValueError:
        return []
    return found if all(math.isfinite(n) and abs(n) < 1e6 for n in found) else []
