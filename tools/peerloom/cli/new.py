"""`peerloom new`."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from peerloom.cli.options import (
    Word,
    program_folder,
    program_there,
    today_option,
    write,
    writer_for,
)
from peerloom.cli.printing import can_ask, refuse, say, show, show_data
from peerloom.diagnostic import as_text, counts, did_you_mean, quoted

if TYPE_CHECKING:
    from peerloom.drafting import Answers
    from peerloom.model import Survey
    from peerloom.records import Program

# Pages and training modules are Markdown, and `init` makes the program's own record.
_KINDS = (
    "cohort",
    "participant",
    "pair",
    "circle",
    "check-in",
    "survey",
    "response",
    "event",
    "resource",
)
# What a check-in says of itself, before anything is answered.
_ABOUT_A_CHECK_IN = frozenset(
    {"cohort", "pair", "due", "participant", "answered_on", "received_on", "received_by"}
)


@click.command("new")
@click.argument("kind", type=Word(_KINDS), metavar="KIND")
@click.argument("answers", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--dry-run", is_flag=True, help="Show the record and write nothing.")
@today_option
@program_folder
def command(root: Path, kind: str, answers: tuple[str, ...], dry_run: bool, today: date) -> None:
    """Make one record of a KIND.

    KIND is cohort, participant, pair, circle, check-in, survey, response, event or resource.
    Keys are given as KEY=VALUE, those inside another as cohorts.role=mentor, several values
    of one with commas between them, and answers to a survey as waves.answers.trust=4. What is
    needed and not given is asked for in the terminal.
    Nothing is written that 'peerloom check' would call an error.
    """
    from peerloom.drafting import record_path, record_text
    from peerloom.program import check_changes

    program = program_there(root)
    complete = _answers(kind, _given(answers), program, today)
    if kind == "check-in" and not complete.keys() - _ABOUT_A_CHECK_IN:
        refuse("nothing was written: a check-in needs an answer, such as met=true")
    text = record_text(kind, complete)
    path = record_path(kind, text)
    if path is None:
        _refuse_what_is_wrong(kind, text)
    # Not before: a second run would wait for somebody who is being asked.
    writer = None if dry_run else writer_for(root)
    if (root / path).exists():
        refuse(f"'{path}' is there already; edit that file, or choose another id")
    found = [d for d in check_changes(root, {path: text}, today).diagnostics if d.path == path]
    show(as_text(found), err=True)
    if counts(found)[0]:
        refuse("nothing was written")
    if writer is None:
        show_data(f"# {path}\n{text}", "yaml")
        return
    write(writer, {path: text})
    say(f"wrote {path}")


def _given(answers: tuple[str, ...]) -> dict[str, str]:
    pairs = [answer.partition("=") for answer in answers]
    wrong = [key for key, equals, _ in pairs if not equals or not key]
    if wrong:
        raise click.UsageError(f"{quoted(wrong[0])} must be KEY=VALUE, such as name='Ada Example'")
    given = {key: value for key, _, value in pairs}
    for key in given:
        inside = next((other for other in given if other.startswith(f"{key}.")), None)
        if inside:
            raise click.UsageError(
                f"{quoted(key)} must be left out where {quoted(inside)} is given"
            )
    return given


def _answers(kind: str, given: dict[str, str], program: "Program", today: date) -> "Answers":
    """What was given, and in a terminal the answers to what was not."""
    from peerloom.cli.asking import answers_to

    answers: Answers = {**given}
    if kind == "response" and "survey" in given:
        _survey(given["survey"], program)
    if can_ask():
        answers = answers_to(kind, answers, program, today)
    return _with_survey(answers, program, today) if kind == "response" else answers


def _with_survey(answers: "Answers", program: "Program", today: date) -> "Answers":
    """The answers of a response, each as its survey's question takes it."""
    from peerloom.cli.asking import answers_of
    from peerloom.surveying import key, read

    survey = _survey(str(answers.get("survey", "")), program)
    for item in survey.items:
        answer = answers.get(key(item))
        if isinstance(answer, str):
            answers[key(item)] = read(item, answer)
    if can_ask():
        answers |= answers_of(survey, answers)
    if not any(name.startswith("waves.answers.") for name in answers):
        example = f"{key(survey.items[0])}=…"
        refuse(f"nothing was written; a response needs an answer to a question, such as {example}")
    answers.setdefault("waves.answered_on", today.isoformat())
    return answers


def _survey(id_: str, program: "Program") -> "Survey":
    """The survey that is answered; where there is none of that id, the command ends here."""
    if id_ not in program.surveys:
        there = ", ".join(program.surveys) or "none yet; 'peerloom new survey' makes one"
        near = did_you_mean(id_, program.surveys) or f"the surveys are: {there}"
        refuse(f"nothing was written; there is no survey {quoted(id_)}; {near}")
    return program.surveys[id_]


def _refuse_what_is_wrong(kind: str, text: str) -> NoReturn:
    from peerloom import schema, source
    from peerloom.drafting import questions

    parsed = source.parse(text.encode(errors="replace"))
    for wrong in parsed.flaws or schema.problems(kind, parsed.value):
        say(f"{wrong.rule} {wrong.message}", err=True)
        if wrong.help:
            say(f"  help: {wrong.help}", err=True)
    needed = ", ".join(question.key for question in questions(kind) if question.is_required)
    refuse(f"nothing was written; {schema.called(kind)} needs {needed}")
