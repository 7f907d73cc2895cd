"""The formats of a report beside Markdown and tables: JSON, and a page to print."""

import json
from html import escape

import markdown as python_markdown

from peerloom.report.building import Report
from peerloom.report.sentences import report_as_markdown


def report_as_json(report: Report) -> str:
    """The contents as JSON, with the documented keys."""
    return json.dumps(report.contents, indent=2, ensure_ascii=False) + "\n"


_STYLE = """
:root { color-scheme: light dark; }
body { font: 16px/1.6 system-ui, sans-serif; max-width: 52rem; margin: 2rem auto; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto; }
th, td { padding: .3rem .55rem; border-bottom: 1px solid #8886; text-align: left; }
td[style*="right"], td:last-child { white-space: nowrap; } code { overflow-wrap: anywhere; }
h1, h2 { line-height: 1.25; } h2 { margin-top: 2.2rem; }
@media (prefers-color-scheme: dark) { body { background: #16181c; color: #dde0e4; } }
@media print { body { margin: 0; max-width: none; background: none; color: #000; }
  h2 { break-after: avoid; } table { display: table; break-inside: avoid; } }
"""


def report_as_html(report: Report) -> str:
    """One self-contained HTML file, to open, send or print."""
    body = python_markdown.markdown(report_as_markdown(report), extensions=["tables"])
    title = escape(f"{report.contents['program']}: {report.contents['name']}")
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    return (
        f'<!doctype html>\n<html lang="en">\n<head>{head}<title>{title}</title>'
        f"<style>{_STYLE}</style></head>\n<body>\n{body}\n</body>\n</html>\n"
    )
