"""`peerloom match`."""

from datetime import date
from pathlib import Path

import click

from peerloom.cli.options import (
    Word,
    find_cohort_or_exit,
    load_program_or_exit,
    open_writer_or_exit,
    today_option,
    with_program_folder,
)
from peerloom.cli.printing import refuse, show, show_data
from peerloom.cli.writing import write_changes


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
@with_program_folder
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
    writer = open_writer_or_exit(root) if write else None
    program = load_program_or_exit(root)
    run = program.cohorts[find_cohort_or_exit(program, cohort)]
    proposal = propose_matches(program, run, today, anew=anew, stable=stable)
    view = ProposalView(proposal)
    if output_format == "json":
        show_data(format_json(view.as_value()), "json")
    elif output_format == "md":
        show_data(view.as_markdown(), "md")
    else:
        show(view.as_text())
    if writer is not None:
        files = make_pair_files(proposal, today)
        write_changes(writer, files.changes, files.deleted)


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
    run = desk.program.cohorts[find_cohort_or_exit(desk.program, cohort)]
    proposal = propose_matches(desk.program, run, today, anew=anew, stable=stable)
    try:
        show(f"{submit_matches(desk, proposal, github.starter())}\n")
    except github.Unreached as reason:
        refuse(f"{reason}{reason.next}")
    except Stopped as reason:
        refuse(str(reason))
