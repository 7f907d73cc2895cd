"""`peerloom match`."""

from datetime import date
from pathlib import Path

import click

from peerloom.cli.options import Word, cohort_named, refuse, sound_program, today_option
from peerloom.cli.writing import write_changes


@click.command("match")
@click.argument("cohort")
@click.option(
    "--write",
    "destination",
    flag_value="folder",
    default=None,
    help="Put the proposed pairs into content/.",
)
@click.option(
    "--pull-request",
    "destination",
    flag_value="github",
    help="Propose them on GitHub, as GitHub Actions describes it.",
)
@click.option(
    "--anew",
    "earlier",
    flag_value="anew",
    default=None,
    help="Replace earlier proposals that nobody has taken up.",
)
@click.option(
    "--stable",
    "earlier",
    flag_value="stable",
    help="Like --anew, but keep as many of them as possible.",
)
@click.option(
    "--format",
    "output_format",
    type=Word(["text", "json", "md"]),
    default="text",
    show_default=True,
    help="For people, for programs, or for a pull request.",
)
@today_option
@click.pass_obj
def command(
    root: Path,
    cohort: str,
    destination: str | None,
    earlier: str | None,
    output_format: str,
    today: date,
) -> None:
    """Propose whom of a COHORT to match with whom, and say why.

    Existing pairs stay: only who has nobody is matched.
    """
    from peerloom.matching.output import ProposalView, format_json
    from peerloom.matching.pair_files import make_pair_files
    from peerloom.matching.propose import propose_matches

    how = {"anew": earlier == "anew", "stable": earlier == "stable"}
    if destination == "github":
        _make_pull_request(root, cohort, today, **how)
        return
    program = sound_program(root)
    run = program.cohorts[cohort_named(program, cohort)]
    proposal = propose_matches(program, run, today, **how)
    view = ProposalView(proposal)
    if output_format == "json":
        click.echo(format_json(view.as_value()), nl=False)
    else:
        click.echo(view.as_markdown() if output_format == "md" else view.as_text(), nl=False)
    if destination == "folder":
        files = make_pair_files(proposal, today)
        write_changes(root, files.changes, files.deleted)


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
        click.echo(submit_matches(desk, proposal, github.starter()))
    except github.Unreached as reason:
        refuse(f"{reason}{reason.next}")
    except Stopped as reason:
        refuse(str(reason))
