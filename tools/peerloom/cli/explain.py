"""`peerloom explain`."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerloom.cli.options import Word, load_cohort_as_of, today_option, with_program_folder
from peerloom.cli.printing import refuse, show
from peerloom.diagnostic import did_you_mean, quoted

if TYPE_CHECKING:
    from peerloom.matching.explanation.why_not import MatchExplainer
    from peerloom.model import Cohort
    from peerloom.records import Program


@click.command("explain")
@click.argument("cohort")
@click.argument("mentee")
@click.argument("mentor", required=False)
@click.option(
    "--audience",
    type=Word(["members", "coordinators"]),
    default="coordinators",
    show_default=True,
    help="Who will read it: members do not read other people's names.",
)
@today_option
@with_program_folder
def command(
    root: Path, cohort: str, mentee: str, mentor: str | None, audience: str, today: date
) -> None:
    """Why MENTEE has the mentor who is proposed, or why not that MENTOR."""
    from peerloom.matching.output import format_lines

    program, run = load_cohort_as_of(root, cohort, today)
    explainer = find_explainer(program, run, today, is_named=audience == "coordinators")
    mentees = [*explainer.proposal.applicants.seeker_numbers]
    mentors = [*explainer.proposal.applicants.mentor_numbers]
    if mentee in mentors and mentee not in mentees:
        ask = f"'peerloom shortlist {run.id} {mentee}'"
        raise click.UsageError(f"{quoted(mentee)} mentors here; ask with {ask}")
    if audience == "coordinators":
        refuse_not_accepted(program, run, mentee, mentor)
    refuse_away(program, run, today, mentee, mentor)
    require_participant(mentee, mentees, run, "mentee")
    if mentor is not None:
        require_participant(mentor, mentors, run, "mentor")
    show(format_lines(explainer.explain(mentee, mentor)))


def find_explainer(
    program: "Program", cohort: "Cohort", today: date, *, is_named: bool = True
) -> "MatchExplainer":
    """An explainer of what is proposed for a cohort, where earlier proposals are kept."""
    from peerloom.matching.explanation.why_not import MatchExplainer
    from peerloom.matching.propose import propose_matches

    proposal = propose_matches(program, cohort, today, earlier="keep")
    return MatchExplainer(today=today, proposal=proposal, is_named=is_named)


def refuse_not_accepted(program: "Program", cohort: "Cohort", *people: str | None) -> None:
    """End the command where somebody who is asked about signed up and is not accepted."""
    from peerloom.progress.selection import why_not_taking_part

    for id_ in people:
        why = why_not_taking_part(program, cohort, id_) if id_ else ""
        if why:
            refuse(why)


def refuse_away(program: "Program", cohort: "Cohort", today: date, *people: str | None) -> None:
    """End the command where somebody who is asked about takes a break, and is not matched."""
    from peerloom.matching.applicants import first_possible_start
    from peerloom.matching.explanation.why_unmatched import explain_away

    for person, _ in program.members_of(cohort.id):
        until = person.away_until(first_possible_start(cohort, today))
        if until and person.id in people:
            refuse(explain_away(person, until))


def require_participant(id_: str, known: Sequence[str], cohort: "Cohort", what: str) -> None:
    """A usage error with the nearest id, unless an id is one of the known."""
    if id_ not in known:
        near = did_you_mean(id_, known) or f"see who is in content/participants for {cohort.id}"
        raise click.UsageError(f"{quoted(id_)} must be a {what} of {quoted(cohort.id)}; {near}")
