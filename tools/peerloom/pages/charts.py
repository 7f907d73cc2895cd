"""Small pictures in the theme's colors; the numbers stand in a table beside each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from markupsafe import Markup

from peerloom.markdown import escaped

Mark = Literal["meeting", "on_time", "late", "answered", "overdue", "due", "upcoming"]

_WIDTH, _LEFT, _RIGHT = 640, 70, 14


@dataclass(frozen=True, slots=True)
class Point:
    """A mark on a timeline's row; `label` is what it says on hover."""

    on: date
    mark: Mark
    label: str


def timeline(
    title: str, rows: Sequence[tuple[str, Sequence[Point]]], starts: date, ends: date, today: date
) -> Markup:
    """Rows of marks between two days. Each mark has a shape of its own, beside its color."""
    span = max((ends - starts).days, 1)

    def x(day: date) -> float:
        return round(_LEFT + (_WIDTH - _LEFT - _RIGHT) * _within((day - starts).days / span), 1)

    elements: list[Markup] = [_title(title)]
    for index, (name, points) in enumerate(rows):
        y = 22 + 30 * index
        elements.append(_text(0, y + 4, name, "pl-label"))
        elements.append(_line(_LEFT, y, _WIDTH - _RIGHT, y, "pl-axis"))
        elements += [_mark(point, x(point.on), y) for point in points]
    height = 22 + 30 * len(rows)
    if starts <= today <= ends:
        elements.append(_line(x(today), 4, x(today), height - 12, "pl-today"))
        elements.append(_text(x(today), height, "today", "pl-tick"))
    elements.append(_text(_LEFT, height, f"{starts.day} {starts:%b}", "pl-first"))
    elements.append(_text(_WIDTH - _RIGHT, height, f"{ends.day} {ends:%b}", "pl-last"))
    return _figure(title, elements, _WIDTH, height + 8)


def _within(share: float) -> float:
    return min(1.0, max(0.0, share))


def _element(name: str, *inside: Markup, **attributes: object) -> Markup:
    """An element; `class_` is its class, and `aria_label` its aria-label."""
    said = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), value)
        for key, value in attributes.items()
    )
    return Markup("<{0}{1}>{2}</{0}>").format(name, said, Markup("").join(inside))


def _words(text: str) -> Markup:
    """A text of somebody's, which neither Markdown nor a browser takes for anything else."""
    return Markup(escaped(text))  # noqa: S704 - escaped


def _title(text: str) -> Markup:
    return _element("title", _words(text))


def _text(x: float, y: float, text: str, name: str) -> Markup:
    return _element("text", _words(text), x=x, y=y, class_=name)


def _line(x1: float, y1: float, x2: float, y2: float, name: str) -> Markup:
    return _element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=name)


def _box(x: float, y: float, width: float, height: float, **more: object) -> Markup:
    return _element("rect", x=x, y=y, width=width, height=height, **more)


def _mark(point: Point, x: float, y: float) -> Markup:
    """A circle for a meeting; a square full on time, half late, empty due; a diamond, a cross."""
    inside: list[Markup] = [_title(point.label)]
    match point.mark:
        case "meeting":
            inside.append(_element("circle", cx=x, cy=y, r=6))
        case "on_time":
            inside.append(_box(x - 5, y - 5, 10, 10))
        case "late":
            inside.append(_box(x - 5, y - 5, 10, 10, class_="pl-hollow"))
            inside.append(_box(x - 5, y, 10, 5))
        case "answered":
            inside.append(_element("path", d=f"M{x - 6} {y}L{x} {y - 6}L{x + 6} {y}L{x} {y + 6}Z"))
        case "overdue":
            inside.append(_line(x - 5, y - 5, x + 5, y + 5, "pl-stroke"))
            inside.append(_line(x - 5, y + 5, x + 5, y - 5, "pl-stroke"))
        case "due" | "upcoming":
            inside.append(_box(x - 5, y - 5, 10, 10, class_="pl-hollow"))
    return _element("g", *inside, class_=f"pl-mark pl-{point.mark.replace('_', '-')}")


def steps(title: str, level: int | None) -> Markup:
    """A goal's five steps as a bar, filled to the one that is reached."""
    elements: list[Markup] = [_title(title)]
    for index, step in enumerate(range(-2, 3)):
        reached = level is not None and step <= level
        names = [
            "pl-step",
            *(["pl-reached"] if reached else []),
            *(["pl-here"] if step == level else []),
        ]
        elements.append(_box(2 + index * 62, 4, 58, 14, rx=2, class_=" ".join(names)))
        label = "0" if step == 0 else f"{step:+d}".replace("-", "−")
        elements.append(_text(31 + index * 62, 34, label, "pl-tick"))
    return _figure(title, elements, 312, 38, "pl-steps")


def line(title: str, values: Sequence[tuple[date, int]], lowest: int, highest: int) -> Markup:
    """A small line through ratings, each a dot with its number on hover."""
    width, height = 220, 48
    first, last = values[0][0], values[-1][0]
    span = max((last - first).days, 1)
    at = [
        (
            round(8 + (width - 16) * (day - first).days / span, 1),
            round(height - 8 - (height - 16) * (value - lowest) / (highest - lowest), 1),
        )
        for day, value in values
    ]
    elements: list[Markup] = [_title(title)]
    points = " ".join(f"{x},{y}" for x, y in at)
    elements.append(_element("polyline", points=points, class_="pl-line"))
    for (day, value), (x, y) in zip(values, at, strict=True):
        label = _title(f"{day.day} {day:%b}: {value} of {highest}")
        elements.append(_element("circle", label, cx=x, cy=y, r=3.5, class_="pl-dot"))
    return _figure(title, elements, width, height, "pl-spark")


def bars(title: str, values: Sequence[tuple[str, int]]) -> Markup:
    """One horizontal bar for each name, its number at its end."""
    most = max((value for _, value in values), default=0) or 1
    elements: list[Markup] = [_title(title)]
    for index, (name, value) in enumerate(values):
        y = 6 + 24 * index
        elements.append(_text(150, y + 12, name, "pl-last"))
        width = round((_WIDTH - 220) * value / most, 1)
        elements.append(_box(160, y, width, 16, rx=2, class_="pl-bar"))
        elements.append(_text(168 + width, y + 12, str(value), "pl-label"))
    return _figure(title, elements, _WIDTH, 6 + 24 * len(values))


def _figure(
    title: str, elements: list[Markup], width: int, height: int, name: str = "pl-chart"
) -> Markup:
    picture = _element(
        "svg",
        *elements,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        role="img",
        aria_label=_words(title),
    )
    # No line break is in it, so that no engine reads any of it as Markdown.
    return Markup('<figure class="{}">{}</figure>').format(name, picture)
