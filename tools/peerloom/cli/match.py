"""`peerloom match`."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerloom.cli.options import (
    DayType,
    find_cohort_or_exit,
    format_option,
    load_cohort_as_of,
    open_writer_or_exit,
    today_option,
    with_program_folder,
)
from peerloom.cli.printing import refuse, say, show, show_data
from peerloom.cli.writing import refuse_to_replace_later_records, write_changes

if TYPE_CHECKING:
    from peerloom.matching.propose import EarlierProposals
    from peerloom.model import Cohort
    from peerloom.records import Program


@click.command("match")
@click.argument("cohort")
@click.option(
    "--write", "goes_to", flag_value="content", help="Put the proposed pairs into content/."
)
@click.option(
    "--pull-request",
    "goes_to",
    flag_value="github",
    help="Propose them on GitHub, as GitHub Actions describes it.",
)
@click.option(
    "--anew",
    "earlier",
    flag_value="replace",
    help="Replace earlier proposals that nobody has taken up.",
)
@click.option(
    "--stable",
    "earlier",
    flag_value="keep",
    help="Like --anew, but keep as many of them as possible.",
)
@click.option(
    "--begin-on",
    "begins_on",
    type=DayType(),
    metavar="DATE",
    help="With --write or --pull-request: the pairs begin on this day, without 'begin'.",
)
@format_option("text", "json", "md")
@today_option
@with_program_folder
def command(
    root: Path,
    cohort: str,
    goes_to: str | None,
    earlier: "EarlierProposals | None",
    begins_on: date | None,
    output_format: str,
    today: date,
) -> None:
    """Propose whom of a COHORT to match with whom, and say why.

    Existing pairs stay: only who has nobody is matched. Of --write and --pull-request, and of
    --anew and --stable, the last one counts.
    """
    from peerloom.matching.output import ProposalView, format_json
    from peerloom.matching.pair_files import make_pair_files
    from peerloom.matching.propose import propose_matches

    if begins_on is not None and goes_to is None:
        raise click.UsageError("--begin-on goes with --write or --pull-request")
    if goes_to == "github":
        _make_pull_request(root, cohort, today, earlier or "stay", begins_on)
        return
    writer = open_writer_or_exit(root) if goes_to else None
    program, run = load_cohort_as_of(root, cohort, today)
    _refuse_day(run, begins_on)
    proposal = propose_matches(program, run, today, earlier=earlier or "stay")
    proposal = replace(proposal, begins_on=begins_on)
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
        refuse_to_replace_later_records(program, files.changes)
        write_changes(writer, files.changes, files.deleted)


def _say_who_is_not_accepted(program: "Program", cohort: "Cohort", today: date) -> None:
    """Say how many signed up and are not matched, for they have no place (yet)."""
    from peerloom.progress.selection import list_signed_up
    from peerloom.text.codes import code_in_words
    from peerloom.text.numbers import whole_number
    from peerloom.text.phrases import list_words

    signed_up = list_signed_up(program, cohort, today)
    counted = [
        f"{whole_number(len(those))} {code_in_words(state)}"
        for state, those in signed_up.items()
        if state != "accepted" and those
    ]
    if counted:
        say(f"not matched, for only the accepted are: {list_words(counted)}", err=True)


def _refuse_day(cohort: "Cohort", begins_on: date | None) -> None:
    from peerloom.beginning import CannotBegin, refuse_day

    try:
        if begins_on is not None:
            refuse_day(cohort, begins_on)
    except CannotBegin as error:
        refuse(f"nothing was proposed; {error}")


def _make_pull_request(
    root: Path,
    cohort: str,
    today: date,
    earlier: "EarlierProposals",
    begins_on: date | None,
) -> None:
    """Propose what the newest commit leads to; a public log names nobody."""
    from peerloom import github
    from peerloom.as_of import program_as_of
    from peerloom.cli.publisher import publisher_for
    from peerloom.git import with_days_from_git
    from peerloom.github.submit_matches import NothingProposedError, submit_matches
    from peerloom.matching.pair_files import make_pair_files
    from peerloom.matching.propose import propose_matches

    publisher = publisher_for(root, today)
    if publisher.program.broken:
        refuse("some files must be corrected first; 'peerloom check' says which")
    program = program_as_of(with_days_from_git(publisher.program, root, today), today)
    run = program.cohorts[find_cohort_or_exit(program, cohort)]
    _refuse_day(run, begins_on)
    proposal = propose_matches(program, run, today, earlier=earlier)
    proposal = replace(proposal, begins_on=begins_on)
    refuse_to_replace_later_records(program, make_pair_files(proposal, today).changes)
    try:
        show(f"{submit_matches(publisher, proposal, github.read_starter())}\n")
    except github.GitHubError as error:
        refuse(f"{error}{error.next_step}")
    except NothingProposedError as error:
        refuse(str(error))
