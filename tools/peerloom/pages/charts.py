"""Small charts as SVG in the colors of the theme; a table beside each has the numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from markupsafe import Markup

from peerloom.text.dates import short_date_in_span
from peerloom.text.escaping.markdown import escape_markdown
from peerloom.text.phrases import number_goal_step
from peerloom.text.translation import gettext as _

Mark = Literal["meeting", "on_time", "late", "answered", "overdue", "due", "upcoming"]

# Sizes in the units of the picture, which are pixels where the page is wide enough.
_WIDTH, _LEFT, _RIGHT = 640, 70, 14
_ROW_HEIGHT = 30
# The first row's axis; above it is room for the word "today".
_FIRST_ROW = 34
# Half of the width of "today", which must not be cut off at the right edge.
_HALF_TODAY = 18


@dataclass(frozen=True, slots=True)
class Point:
    """A mark on a row of a timeline, with the label that a pointer over it shows."""

    on: date
    mark: Mark
    label: str


def draw_timeline(
    title: str, rows: Sequence[tuple[str, Sequence[Point]]], starts: date, ends: date, today: date
) -> Markup:
    """Rows of marks between two days, each row with its name. Marks differ in shape and color.

    The first and last day are printed below the rows and `today` above them, so that words never
    overlap.
    """
    span = max((ends - starts).days, 1)

    def x(day: date) -> float:
        share = min(1.0, max(0.0, (day - starts).days / span))
        return round(_LEFT + (_WIDTH - _LEFT - _RIGHT) * share, 1)

    elements: list[Markup] = [_make_title(title)]
    for index, (name, points) in enumerate(rows):
        y = _FIRST_ROW + _ROW_HEIGHT * index
        elements.append(_make_text(0, y + 4, name, "pl-label"))
        elements.append(_make_line(_LEFT, y, _WIDTH - _RIGHT, y, "pl-axis"))
        elements += [_make_mark(point, x(point.on), y) for point in points]
    height = _FIRST_ROW + _ROW_HEIGHT * len(rows)
    if starts <= today <= ends:
        elements.append(_make_line(x(today), 16, x(today), height - 12, "pl-today"))
        elements.append(_make_text(min(x(today), _WIDTH - _HALF_TODAY), 12, _("today"), "pl-tick"))
    elements.append(_make_text(_LEFT, height, short_date_in_span(starts, starts, ends), "pl-first"))
    elements.append(
        _make_text(_WIDTH - _RIGHT, height, short_date_in_span(ends, starts, ends), "pl-last")
    )
    return _make_figure(title, elements, _WIDTH, height + 8)


def _make_element(name: str, *inside: Markup, **attributes: object) -> Markup:
    """An SVG element; `class_` becomes its class, and `aria_label` its aria-label."""
    pairs = Markup("").join(
        Markup(' {}="{}"').format(key.rstrip("_").replace("_", "-"), value)
        for key, value in attributes.items()
    )
    return Markup("<{0}{1}>{2}</{0}>").format(name, pairs, Markup("").join(inside))


def _escape_text(text: str) -> Markup:
    """A text that somebody wrote, harmless for Markdown and for a browser."""
    return Markup(escape_markdown(text))  # noqa: S704 - escaped


def _make_title(text: str) -> Markup:
    return _make_element("title", _escape_text(text))


def _make_text(x: float, y: float, text: str, name: str) -> Markup:
    return _make_element("text", _escape_text(text), x=x, y=y, class_=name)


def _make_line(x1: float, y1: float, x2: float, y2: float, name: str) -> Markup:
    return _make_element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=name)


def _make_rectangle(x: float, y: float, width: float, height: float, **more: object) -> Markup:
    return _make_element("rect", x=x, y=y, width=width, height=height, **more)


def _make_mark(point: Point, x: float, y: float) -> Markup:
    """A circle for a meeting; for a check-in a square, a diamond or a cross.

    The square is full on time, half full late and empty while it is due; a diamond is
    a check-in that came on an unknown day, a cross one that nobody answered.
    """
    inside: list[Markup] = [_make_title(point.label)]
    match point.mark:
        case "meeting":
            inside.append(_make_element("circle", cx=x, cy=y, r=6))
        case "on_time":
            inside.append(_make_rectangle(x - 5, y - 5, 10, 10))
        case "late":
            inside.append(_make_rectangle(x - 5, y - 5, 10, 10, class_="pl-hollow"))
            inside.append(_make_rectangle(x - 5, y, 10, 5))
        case "answered":
            inside.append(
                _make_element("path", d=f"M{x - 6} {y}L{x} {y - 6}L{x + 6} {y}L{x} {y + 6}Z")
            )
        case "overdue":
            inside.append(_make_line(x - 5, y - 5, x + 5, y + 5, "pl-stroke"))
            inside.append(_make_line(x - 5, y + 5, x + 5, y - 5, "pl-stroke"))
        case "due" | "upcoming":
            inside.append(_make_rectangle(x - 5, y - 5, 10, 10, class_="pl-hollow"))
    return _make_element("g", *inside, class_=f"pl-mark pl-{point.mark.replace('_', '-')}")


def draw_goal_steps(title: str, level: int | None) -> Markup:
    """A goal's five steps as a bar, filled up to the step that is reached."""
    elements: list[Markup] = [_make_title(title)]
    for index, step in enumerate(range(-2, 3)):
        reached = level is not None and step <= level
        names = [
            "pl-step",
            *(["pl-reached"] if reached else []),
            *(["pl-here"] if step == level else []),
        ]
        elements.append(_make_rectangle(2 + index * 62, 4, 58, 14, rx=2, class_=" ".join(names)))
        elements.append(_make_text(31 + index * 62, 34, number_goal_step(step), "pl-tick"))
    return _make_figure(title, elements, 312, 38, "pl-steps")


# The place of a goal's steps, of the days, and of the marks in the picture of its course.
_COURSE_WIDTH, _COURSE_HEIGHT, _COURSE_LEFT, _COURSE_RIGHT = 312, 124, 36, 14
_STEP_HEIGHT = 22


def draw_goal_course(title: str, people: Sequence[Sequence[tuple[date, int]]]) -> Markup:
    """The steps of a goal, from -2 to +2, that each person named, by due date.

    The words of the first are dots on a line, those of the second squares on a broken line: both
    can be seen where the two name the same step.
    """
    days = [day for said in people for day, _ in said]
    first, last = min(days), max(days)
    across = (_COURSE_WIDTH - _COURSE_LEFT - _COURSE_RIGHT) / max((last - first).days, 1)
    elements: list[Markup] = [_make_title(title)]
    for step in range(-2, 3):
        y = _height_of_step(step)
        elements.append(_make_line(_COURSE_LEFT - 8, y, _COURSE_WIDTH, y, "pl-axis"))
        elements.append(_make_text(12, y + 4, number_goal_step(step), "pl-tick"))
    for index, said in enumerate(people):
        places = [
            (round(_COURSE_LEFT + across * (day - first).days, 1), _height_of_step(level))
            for day, level in said
        ]
        points = " ".join(f"{x},{y}" for x, y in places)
        line = "pl-line pl-broken" if index else "pl-line"
        elements.append(_make_element("polyline", points=points, class_=line))
        for (day, level), (x, y) in zip(said, places, strict=True):
            label = f"{short_date_in_span(day, first, last)}: {number_goal_step(level)}"
            elements.append(_make_course_mark(label, x, y, is_square=index > 0))
    for day, x, name in ((first, _COURSE_LEFT - 8, "pl-first"), (last, _COURSE_WIDTH, "pl-last")):
        text = short_date_in_span(day, first, last)
        elements.append(_make_text(x, _COURSE_HEIGHT - 6, text, name))
    return _make_figure(title, elements, _COURSE_WIDTH, _COURSE_HEIGHT, "pl-steps")


def _height_of_step(step: int) -> int:
    return 12 + (2 - step) * _STEP_HEIGHT


def _make_course_mark(label: str, x: float, y: float, *, is_square: bool) -> Markup:
    if is_square:
        inside = _make_rectangle(x - 6, y - 6, 12, 12, class_="pl-square")
    else:
        inside = _make_element("circle", cx=x, cy=y, r=4, class_="pl-dot")
    return _make_element("g", _make_title(label), inside)


def draw_line(title: str, values: Sequence[tuple[date, int]], lowest: int, highest: int) -> Markup:
    """A small line through ratings, each a dot whose number a pointer over it shows."""
    width, height = 220, 48
    first, last = values[0][0], values[-1][0]
    span = max((last - first).days, 1)
    places = [
        (
            round(8 + (width - 16) * (day - first).days / span, 1),
            round(height - 8 - (height - 16) * (value - lowest) / (highest - lowest), 1),
        )
        for day, value in values
    ]
    elements: list[Markup] = [_make_title(title)]
    points = " ".join(f"{x},{y}" for x, y in places)
    elements.append(_make_element("polyline", points=points, class_="pl-line"))
    for (day, value), (x, y) in zip(values, places, strict=True):
        label = _("{date}: {rating} of {highest}").format(
            date=short_date_in_span(day, first, last), rating=value, highest=highest
        )
        elements.append(
            _make_element("circle", _make_title(label), cx=x, cy=y, r=3.5, class_="pl-dot")
        )
    return _make_figure(title, elements, width, height, "pl-spark")


def _make_figure(
    title: str, elements: list[Markup], width: int, height: int, name: str = "pl-chart"
) -> Markup:
    picture = _make_element(
        "svg",
        *elements,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        role="img",
        aria_label=_escape_text(title),
    )
    # Without a line break in it, no engine reads any of it as Markdown.
    return Markup('<figure class="{}">{}</figure>').format(name, picture)
