"""Small pictures in the theme's colors; the numbers stand in a table beside each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import svg
from markupsafe import Markup

from peerloom.markdown import escaped

Mark = Literal["meeting", "on_time", "late", "overdue", "due", "upcoming"]

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

    elements: list[svg.Element] = [_title(title)]
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


# svg.py writes texts and attributes as they are: what goes into one is escaped here.
def _title(text: str) -> svg.Title:
    return svg.Title(text=escaped(text))


def _text(x: float, y: float, text: str, name: str) -> svg.Text:
    return svg.Text(x=x, y=y, text=escaped(text), class_=[name])


def _line(x1: float, y1: float, x2: float, y2: float, name: str) -> svg.Line:
    return svg.Line(x1=x1, y1=y1, x2=x2, y2=y2, class_=[name])


def _mark(point: Point, x: float, y: float) -> svg.Element:
    """A circle for a meeting, a filled square done, a half one late, a cross missed, a ring due."""
    inside: list[svg.Element] = [_title(point.label)]
    match point.mark:
        case "meeting":
            inside.append(svg.Circle(cx=x, cy=y, r=6))
        case "on_time":
            inside.append(svg.Rect(x=x - 5, y=y - 5, width=10, height=10))
        case "late":
            inside.append(svg.Rect(x=x - 5, y=y - 5, width=10, height=10, class_=["pl-hollow"]))
            inside.append(svg.Rect(x=x - 5, y=y, width=10, height=5))
        case "overdue":
            inside.append(_line(x - 5, y - 5, x + 5, y + 5, "pl-stroke"))
            inside.append(_line(x - 5, y + 5, x + 5, y - 5, "pl-stroke"))
        case "due" | "upcoming":
            inside.append(svg.Rect(x=x - 5, y=y - 5, width=10, height=10, class_=["pl-hollow"]))
    return svg.G(class_=["pl-mark", f"pl-{point.mark.replace('_', '-')}"], elements=inside)


def steps(title: str, level: int | None) -> Markup:
    """A goal's five steps as a bar, filled to the one that is reached."""
    elements: list[svg.Element] = [_title(title)]
    for index, step in enumerate(range(-2, 3)):
        reached = level is not None and step <= level
        names = [
            "pl-step",
            *(["pl-reached"] if reached else []),
            *(["pl-here"] if step == level else []),
        ]
        elements.append(svg.Rect(x=2 + index * 62, y=4, width=58, height=14, rx=2, class_=names))
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
    elements: list[svg.Element] = [_title(title)]
    points = [svg.Point(x, y) for x, y in at]
    elements.append(svg.Polyline(points=points, class_=["pl-line"]))
    for (day, value), (x, y) in zip(values, at, strict=True):
        label = _title(f"{day.day} {day:%b}: {value} of {highest}")
        elements.append(svg.Circle(cx=x, cy=y, r=3.5, class_=["pl-dot"], elements=[label]))
    return _figure(title, elements, width, height, "pl-spark")


def bars(title: str, values: Sequence[tuple[str, int]]) -> Markup:
    """One horizontal bar for each name, its number at its end."""
    most = max((value for _, value in values), default=0) or 1
    elements: list[svg.Element] = [_title(title)]
    for index, (name, value) in enumerate(values):
        y = 6 + 24 * index
        elements.append(_text(150, y + 12, name, "pl-last"))
        width = round((_WIDTH - 220) * value / most, 1)
        elements.append(svg.Rect(x=160, y=y, width=width, height=16, rx=2, class_=["pl-bar"]))
        elements.append(_text(168 + width, y + 12, str(value), "pl-label"))
    return _figure(title, elements, _WIDTH, 6 + 24 * len(values))


def _figure(
    title: str, elements: list[svg.Element], width: int, height: int, name: str = "pl-chart"
) -> Markup:
    picture = svg.SVG(
        viewBox=svg.ViewBoxSpec(0, 0, width, height),
        extra={"role": "img", "aria-label": escaped(title)},
        elements=elements,
    )
    # One line, so that no engine reads it as Markdown.
    text = " ".join(str(picture).split("\n"))
    return Markup(f'<figure class="{name}">{text}</figure>')  # noqa: S704
