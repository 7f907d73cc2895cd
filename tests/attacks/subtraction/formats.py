"""What the formats of a report tell: nothing beyond its JSON, from which each can be made."""

import json
from collections.abc import Iterator
from dataclasses import replace

from peerloom.report import (
    TABLES,
    Report,
    report_as_csv,
    report_as_html,
    report_as_json,
    report_as_markdown,
)


def find_formats_that_tell_more(report: Report) -> list[str]:
    """The formats that cannot be made from the JSON, and so may tell what the JSON does not."""
    again = replace(report, contents=json.loads(report_as_json(report)))
    pairs = zip(_list_formats(report), _list_formats(again), strict=True)
    return [name for (name, text), (_, made) in pairs if text != made]


def _list_formats(report: Report) -> Iterator[tuple[str, str]]:
    yield "md", report_as_markdown(report)
    yield "html", report_as_html(report)
    for table in TABLES:
        yield f"csv {table}", report_as_csv(report, table)
