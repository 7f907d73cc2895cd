"""`peerloom match`."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerloom.cli.options import (
    Word,
    cohort_named,
    program_folder,
    sound_program,
    today_option,
    writer_for,
)
from peerloom.cli.printing import refuse, say, show, show_data
from peerloom.cli.writing import write_changes

if TYPE_CHECKING:
    from peerloom.model import Cohort, Standing
    from peerloom.records import Program

# Where people stand who signed up and are not matched, in words for one of them and for several.
_NOT_ACCEPTED: tuple[tuple["Standing", str, str], ...] = (
    ("applied", "has applied", "have applied"),
    ("waiting", "waits", "wait"),
    ("declined", "was declined", "were declined"),
)


@click.command("match")
@click.argument("cohort")
@click.option("--write", is_flag=True, help="Put the proposed pairs into content/.")
@click.option(
    "--pull-request", is_flag=True, help="Propose them on GitHub, as GitHub Actions describes it."
)
@click.option("--anew", is_flag=True, help="Replace earlier proposals that nobody has taken up.")
@click.option("--stable", is_flag=True, help="Like --anew, but keep as many of them as possible.")
@click.option(
    "--format",
    "output_format",
    type=Word(["text", "json", "md"]),
    default="text",
    show_default=True,
    help="For people, for programs, or for a pull request.",
)
@today_option
@program_folder
def command(
    root: Path,
    cohort: str,
    *,
    write: bool,
    pull_request: bool,
    anew: bool,
    stable: bool,
    output_format: str,
    today: date,
) -> None:
    """Propose whom of a COHORT to match with whom, and say why.

    Existing pairs stay: only who has nobody is matched.
    """
    from peerloom.matching.output import ProposalView, format_json
    from peerloom.matching.pair_files import make_pair_files
    from peerloom.matching.propose import propose_matches

    _refuse_both({"--write": write, "--pull-request": pull_request})
    _refuse_both({"--anew": anew, "--stable": stable})
    if pull_request:
        _make_pull_request(root, cohort, today, anew=anew, stable=stable)
        return
    writer = writer_for(root) if write else None
    program = sound_program(root)
    run = program.cohorts[cohort_named(program, cohort)]
    proposal = propose_matches(program, run, today, anew=anew, stable=stable)
    view = ProposalView(proposal)
    if output_format == "json":
        show_data(format_json(view.as_value()), "json")
    elif output_format == "md":
        show_data(view.as_markdown(), "md")
    else:
        show(view.as_text())
        _say_who_is_not_accepted(program, run, today)
    if writer is not None:
        files = make_pair_files(proposal, today)
        write_changes(writer, files.changes, files.deleted)


def _say_who_is_not_accepted(program: "Program", cohort: "Cohort", today: date) -> None:
    """Say how many signed up and are not matched, for they have no place (yet)."""
    from peerloom.progress.selection import list_signed_up
    from peerloom.text.phrases import count_noun

    signed_up = list_signed_up(program, cohort, today)
    counted = [
        count_noun(len(signed_up[state]), singular, plural)
        for state, singular, plural in _NOT_ACCEPTED
        if signed_up[state]
    ]
    if counted:
        say(f"not matched, for only the accepted are: {', '.join(counted)}", err=True)


def _refuse_both(options: dict[str, bool]) -> None:
    if all(options.values()):
        raise click.UsageError(f"{' and '.join(options)} must be asked for one at a time")


def _make_pull_request(root: Path, cohort: str, today: date, *, anew: bool, stable: bool) -> None:
    """Propose what the newest commit leads to; a public log names nobody."""
    from peerloom import github
    from peerloom.cli.desk import desk_at
    from peerloom.github.matching import Stopped, submit_matches
    from peerloom.matching.propose import propose_matches

    desk = desk_at(root, today)
    if desk.program.broken:
        refuse("some files must be mended first; 'peerloom check' says which")
    run = desk.program.cohorts[cohort_named(desk.program, cohort)]
    proposal = propose_matches(desk.program, run, today, anew=anew, stable=stable)
    try:
        show(f"{submit_matches(desk, proposal, github.starter())}\n")
    except github.Unreached as reason:
        refuse(f"{reason}{reason.next}")
    except Stopped as reason:
        refuse(str(reason))
