"""A log-log drawing of seconds against pairs, one line per solver, as SVG."""

import math
from collections.abc import Mapping, Sequence

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 720, 420, 70, 30, 120, 50
COLOURS = ("#0f5c5c", "#b4541a", "#5b4b9a", "#6b6b6b")

Points = Sequence[tuple[float, float]]


def drawing(lines: Mapping[str, Points]) -> str:
    """Return the SVG of lines of (pairs, seconds), each value above 0."""
    points = [point for line in lines.values() for point in line]
    left, right = (f([math.log10(x) for x, _ in points]) for f in (_floor, _ceiling))
    low, high = (f([math.log10(y) for _, y in points]) for f in (_floor, _ceiling))

    def at(x: float, y: float) -> tuple[float, float]:
        across = (math.log10(x) - left) / (right - left)
        up = (math.log10(y) - low) / (high - low)
        return LEFT + across * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - up * (HEIGHT - TOP - BOTTOM)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"',
        ' font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for power in range(left, right + 1):
        x, _ = at(10**power, 10**low)
        parts.append(f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>')
        parts.append(f'<text x="{x:.1f}" y="{HEIGHT - BOTTOM + 20}" text-anchor="middle">{_number(power)}</text>')
    for power in range(low, high + 1):
        _, y = at(10**left, 10**power)
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{_number(power)} s</text>')
    parts.append(f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" text-anchor="middle">possible pairs</text>')
    for colour, (name, line) in zip(COLOURS, lines.items(), strict=False):
        placed = [at(x, y) for x, y in sorted(line)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in placed)
        parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="{colour}"/>' for x, y in placed]
        x, y = placed[-1]
        parts.append(f'<text x="{x + 10:.1f}" y="{y + 4:.1f}" fill="{colour}">{name}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _floor(values: Sequence[float]) -> int:
    return math.floor(min(values))


def _ceiling(values: Sequence[float]) -> int:
    return max(math.ceil(max(values)), math.floor(min(values)) + 1)


def _number(power: int) -> str:
    return f"{10**power:,}".replace(",", " ") if power >= 0 else f"0.{'0' * (-power - 1)}1"
