"""The page of records: every kind with its path and keys, from the schemas."""

from collections.abc import Iterable, Sequence

from peerloom import schema
from peerloom.kinds import KINDS, Kind
from peerloom.model import ProgramQuestion
from peerloom.pages.rendering import Here
from peerloom.program_questions import describe_scale, questions_about
from peerloom.report.aim_measures import MEASURES
from peerloom.text.escaping.markdown import escape_markdown
from peerloom.text.phrases import list_words

_READERS = {"public": "everybody", "members": "members", "coordinators": "coordinators"}

_UNITS = {"share": "in percent", "number": "a number", "mean": "a mean"}

_HEAD = """# Records

Everything a program knows is in these files. An id is in lowercase letters and is the
file's name; a list's entries begin with a dash. "Who sees it" says who can see the value on a
site: everybody, members and coordinators, or only coordinators.
"""


def render_page(here: Here) -> str:
    """Every kind of record, with what this program asks in it of its own."""
    return describe_records(here.site.seen.settings.questions)


def describe_records(questions: Sequence[ProgramQuestion]) -> str:
    """Markdown: a table of the keys of every kind of record, and of the answers to `questions`."""
    return _HEAD + "".join(
        _describe_kind(kind, questions_about(questions, kind.name)) for kind in KINDS
    )


def _describe_kind(kind: Kind, questions: Iterable[ProgramQuestion]) -> str:
    description = escape_markdown(schema.load_schema(kind.name)["description"])
    rows = [_describe_field(field) for field in schema.list_fields(kind.name)]
    rows += [_describe_question(question) for question in questions]
    lines = [f"\n## {kind.name.capitalize()}\n", f"{description}\n", f"File: `{kind.path}`\n"]
    lines += ["| Key | What it says | Who sees it |", "|:--|:--|:--|", *rows, ""]
    lines += _describe_measures() if kind.name == "cohort" else []
    return "\n".join(lines)


def _describe_measures() -> list[str]:
    """What an aim can be measured by, with the unit of its target."""
    rows = [
        f"| `{id_}` | {escape_markdown(measure.meaning)} | {_UNITS[measure.unit]} |"
        for id_, measure in MEASURES.items()
    ]
    lead = "An aim can name one of these figures as its `measure`:"
    return [lead, "", "| Measure | What it counts | Its target is |", "|:--|:--|:--|", *rows, ""]


def _describe_question(question: ProgramQuestion) -> str:
    sentences = [question.label, question.help or ""]
    sentences.append(f"{question.kind.replace('_', ' ').capitalize()}.")
    if question.choices:
        sentences.append(f"Choices: {', '.join(question.choices)}.")
    if question.scale:
        sentences.append(f"From {describe_scale(question)}.")
    if question.roles:
        sentences.append(f"Asked of: {' and '.join(f'{role}s' for role in question.roles)}.")
    if not question.asked:
        sentences.append("No longer asked.")
    text = escape_markdown(" ".join(filter(None, sentences)))
    return f"| `answers.{question.id}` | {text} | {_READERS[question.audience]} |"


def _describe_field(field: schema.SchemaField) -> str:
    needed = " (needed)" if field.is_required else ""
    description = f"{field.description} {field.type.capitalize()}{needed}."
    if field.allowed:
        description += f" One of: {list_words(map(str, field.allowed))}."
    elif field.examples:
        description += f" Such as: {field.examples[0]}."
    key = ".".join(field.path)
    return f"| `{key}` | {escape_markdown(description)} | {_READERS[field.audience]} |"
