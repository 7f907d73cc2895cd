"""`peerloom new`."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from peerloom.cli.options import (
    Word,
    load_program_to_extend,
    open_writer_or_exit,
    today_option,
    with_program_folder,
    write_or_exit,
)
from peerloom.cli.own_answers import complete_own_answers
from peerloom.cli.printing import can_ask, refuse, say, show, show_data
from peerloom.diagnostic import count_by_severity, diagnostics_as_text, did_you_mean, quoted
from peerloom.kinds import KIND_BY_NAME, KINDS
from peerloom.text.phrases import list_words

if TYPE_CHECKING:
    from peerloom.model import Survey
    from peerloom.new_record import Answers
    from peerloom.records import Program

# People write Markdown in an editor, and `init` makes the program's own record.
_KINDS = tuple(
    kind.name for kind in KINDS if kind.keys and not kind.is_markdown and not kind.is_computed
)
# The keys of a check-in that answer no question.
_ABOUT_A_CHECK_IN = frozenset(
    {"cohort", "pair", "due", "participant", "answered_on", "received_on", "received_by"}
)
_HELP = f"""Make one record of a KIND.

KIND is one of {list_words(_KINDS)}.
Give keys as KEY=VALUE, keys inside another key as cohorts.role=mentor, several values of one
key with commas between them, answers to a survey as waves.answers.trust=4, and answers to the
program's own questions as answers.ID=VALUE. You are asked in the terminal for whatever is
needed and not given.
Nothing is written that 'peerloom check' would call an error.
"""


@click.command("new", help=_HELP)
@click.argument("kind", type=Word(_KINDS), metavar="KIND")
@click.argument("answers", nargs=-1, metavar="[KEY=VALUE]...")
@click.option("--dry-run", is_flag=True, help="Show the record and write nothing.")
@today_option
@with_program_folder
def command(root: Path, kind: str, answers: tuple[str, ...], dry_run: bool, today: date) -> None:
    """Make one record, unless `peerloom check` would call something in it an error."""
    from peerloom.new_record import draft_path, record_text
    from peerloom.program import check_changes

    program = load_program_to_extend(root)
    complete = _complete_answers(kind, _parse_answers(answers), program, today)
    if kind == "check-in" and not complete.keys() - _ABOUT_A_CHECK_IN:
        refuse("nothing was written: a check-in needs an answer, such as met=true")
    text = record_text(kind, complete)
    path = draft_path(kind, text)
    if path is None:
        _refuse_with_problems(kind, text)
    # Not earlier: a second run would wait until the person at the first has answered.
    writer = None if dry_run else open_writer_or_exit(root)
    if (root / path).exists():
        refuse(f"'{path}' is there already; edit that file, or choose another id")
    found = [d for d in check_changes(root, {path: text}, today).diagnostics if d.path == path]
    show(diagnostics_as_text(found), err=True)
    if count_by_severity(found)[0]:
        refuse("nothing was written")
    if writer is None:
        show_data(f"# {path}\n{text}", "yaml")
        return
    write_or_exit(writer, {path: text})
    say(f"wrote {path}")


def _parse_answers(answers: tuple[str, ...]) -> dict[str, str]:
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


def _complete_answers(
    kind: str, given: dict[str, str], program: "Program", today: date
) -> "Answers":
    """Return the given answers and, in a terminal, the answers to all other questions."""
    from peerloom.cli.asking import ask_open_questions

    answers: Answers = {**given}
    if kind == "response" and "survey" in given:
        _find_survey(given["survey"], program)
    if can_ask():
        answers = ask_open_questions(kind, answers, program, today)
    if kind == "response":
        return _complete_response(answers, program, today)
    if kind in ("pair", "circle") and answers.get("status") == "proposed":
        answers.setdefault("proposed_on", today.isoformat())
    return complete_own_answers(kind, answers, program)


def _complete_response(answers: "Answers", program: "Program", today: date) -> "Answers":
    """Return the answers of a response, each in the type that its question of the survey has."""
    from peerloom.cli.asking import ask_survey_questions
    from peerloom.surveying import answer_key, parse_answer

    survey = _find_survey(str(answers.get("survey", "")), program)
    for item in survey.items:
        answer = answers.get(answer_key(item))
        if isinstance(answer, str):
            answers[answer_key(item)] = parse_answer(item, answer)
    if can_ask():
        answers |= ask_survey_questions(survey, answers)
    if not any(name.startswith("waves.answers.") for name in answers):
        example = f"{answer_key(survey.items[0])}=…"
        refuse(f"nothing was written; a response needs an answer to a question, such as {example}")
    answers.setdefault("waves.answered_on", today.isoformat())
    return answers


def _find_survey(id_: str, program: "Program") -> "Survey":
    """Return the survey with an id, or end the command if there is none."""
    if id_ not in program.surveys:
        listed = list_words(program.surveys) or "none yet; 'peerloom new survey' makes one"
        hint = did_you_mean(id_, program.surveys) or f"the surveys are: {listed}"
        refuse(f"nothing was written; there is no survey {quoted(id_)}; {hint}")
    return program.surveys[id_]


def _refuse_with_problems(kind: str, text: str) -> NoReturn:
    from peerloom import schema, source
    from peerloom.new_record import questions_for

    parsed = source.parse(text.encode(errors="replace"))
    for wrong in parsed.flaws or schema.find_problems(kind, parsed.value):
        say(f"{wrong.rule} {wrong.message}", err=True)
        if wrong.help:
            say(f"  help: {wrong.help}", err=True)
    needed = list_words(question.key for question in questions_for(kind) if question.is_required)
    refuse(f"nothing was written; {KIND_BY_NAME[kind].phrase} needs {needed}")
