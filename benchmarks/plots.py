"""One kind of plot: a cost over the number of documents, both on logarithmic scales, as SVG text."""

import math
from collections.abc import Sequence

WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 520, 300, 70, 46, 40


def growth(points: Sequence[tuple[float, float]], title: str) -> str:
    """The points joined, each with its value; dashed: what growth in proportion would be."""
    points = sorted(points)
    xs, ys = [math.log10(x) for x, _ in points], [math.log10(y) for _, y in points]
    straight = ys[0] + xs[-1] - xs[0]
    low, high = math.floor(min(ys)), math.ceil(max(*ys, straight))

    def place(x: float, y: float) -> tuple[float, float]:
        across = (x - xs[0]) / (xs[-1] - xs[0]) * (WIDTH - LEFT - 60)
        up = (y - low) / (high - low) * (HEIGHT - BOTTOM - TOP)
        return round(LEFT + across, 1), round(HEIGHT - BOTTOM - up, 1)

    marks = [place(x, y) for x, y in zip(xs, ys, strict=True)]
    line = " ".join(f"{x},{y}" for x, y in marks)
    (x1, y1), (x2, y2) = marks[0], place(xs[-1], straight)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="22" font-size="14">{title}</text>',
        *(_rung(place(xs[0], power)[1], power) for power in range(low, high + 1)),
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="#999999" stroke-dasharray="5 4"/>',
        f'<polyline points="{line}" fill="none" stroke="#0072b2" stroke-width="2"/>',
        *(_mark(mark, point) for mark, point in zip(marks, points, strict=True)),
        f'<text x="{LEFT}" y="{HEIGHT - 8}" fill="#555555">documents; dashed: in proportion</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _rung(y: float, power: int) -> str:
    """One power of ten of the cost."""
    label = f"{10**power:,}" if power >= 0 else f"{10.0**power:g}"
    return (
        f'<line x1="{LEFT}" y1="{y}" x2="{WIDTH - 20}" y2="{y}" stroke="#e5e5e5"/>'
        f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end" fill="#555555">{label}</text>'
    )


def _mark(mark: tuple[float, float], point: tuple[float, float]) -> str:
    """One point with its value, and its size below."""
    x, y = mark
    return (
        f'<circle cx="{x}" cy="{y}" r="4" fill="#0072b2"/>'
        f'<text x="{x}" y="{y - 9}" text-anchor="middle">{point[1]:,.4g}</text>'
        f'<text x="{x}" y="{HEIGHT - 26}" text-anchor="middle" fill="#555555">{point[0]:,}</text>'
    )
