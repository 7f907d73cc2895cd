"""`peerloom new`."""

import sys
from datetime import date
from pathlib import Path

import click

from peerloom.cli.options import (
    Word,
    program_folder,
    program_there,
    refuse,
    today_option,
    write,
    writer_for,
)
from peerloom.diagnostic import as_text, counts

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
    of one with commas between them. What is needed and not given is asked for in the terminal.
    Nothing is written that 'peerloom check' would call an error.
    """
    from peerloom.program import check_changes
    from peerloom.scaffold import record_path, record_text

    program_there(root)
    text = record_text(kind, _asked(kind, _given(answers)))
    path = record_path(kind, text)
    if path is None:
        _say_what_is_wrong(kind, text)
    assert path is not None
    # Not before: a second run would wait for somebody who is being asked.
    writer = None if dry_run else writer_for(root)
    if (root / path).exists():
        refuse(f"'{path}' is there already; edit that file, or choose another id")
    found = [d for d in check_changes(root, {path: text}, today).diagnostics if d.path == path]
    click.echo(as_text(found), nl=False, err=True)
    if counts(found)[0]:
        refuse("nothing was written")
    if writer is None:
        click.echo(f"# {path}\n{text}", nl=False)
        return
    write(writer, {path: text})
    click.echo(f"wrote {path}")


def _given(answers: tuple[str, ...]) -> dict[str, str]:
    pairs = [answer.partition("=") for answer in answers]
    wrong = [key for key, equals, _ in pairs if not equals or not key]
    if wrong:
        raise click.UsageError(f"'{wrong[0]}' must be KEY=VALUE, such as name='Ada Example'")
    given = {key: value for key, _, value in pairs}
    for key in given:
        inside = next((other for other in given if other.startswith(f"{key}.")), None)
        if inside:
            raise click.UsageError(f"'{key}' must be left out where '{inside}' is given")
    return given


def _asked(kind: str, given: dict[str, str]) -> dict[str, str]:
    """What was given, and in a terminal the answers to what was not."""
    from peerloom.scaffold import questions

    answers = {}
    for question in questions(kind):
        if question.key in given:
            answers[question.key] = given[question.key]
        elif sys.stdin.isatty():
            needed = "" if question.is_required else " (Enter to leave out)"
            click.echo(f"{question.key}: {question.description}{needed}")
            one_of = f" [{', '.join(question.choices)}]" if question.choices else ""
            default = None if question.is_required else ""
            answer = click.prompt(f"  {question.key}{one_of}", default=default, show_default=False)
            if answer:
                answers[question.key] = answer
    return answers | given


def _say_what_is_wrong(kind: str, text: str) -> None:
    from peerloom import schema, source
    from peerloom.scaffold import questions

    parsed = source.parse(text.encode())
    for wrong in parsed.flaws or schema.problems(kind, parsed.value):
        click.echo(f"{wrong.rule} {wrong.message}", err=True)
        if wrong.help:
            click.echo(f"  help: {wrong.help}", err=True)
    needed = ", ".join(question.key for question in questions(kind) if question.is_required)
    refuse(f"nothing was written; {schema.called(kind)} needs {needed}")
