"""`peerloom shortlist`."""

from datetime import date
from pathlib import Path

import click

from peerloom.cli.options import (
    format_option,
    load_cohort_as_of,
    today_option,
    with_program_folder,
)
from peerloom.cli.printing import show, show_data


@click.command("shortlist")
@click.argument("cohort")
@click.argument("person", required=False, metavar="[ID]")
@click.option(
    "--most",
    type=click.IntRange(1, 50),
    default=3,
    show_default=True,
    help="How many are listed for one person.",
)
@format_option("text", "json")
@today_option
@with_program_folder
def command(
    root: Path, cohort: str, person: str | None, most: int, output_format: str, today: date
) -> None:
    """The best mentors for each mentee of a COHORT, or the best for one person, with reasons.

    Without ID, capacities are left aside and what stands in the way is told. With the ID of a
    mentee or mentor, each comes with reasons and with what it would cost the others.
    """
    from peerloom.cli.explain import (
        find_explainer,
        refuse_away,
        refuse_not_accepted,
        require_participant,
    )
    from peerloom.matching.applicants import find_applicants
    from peerloom.matching.output import (
        format_json,
        format_lines,
        shortlists_as_text,
        shortlists_as_value,
    )
    from peerloom.matching.scoring import Scorer

    program, run = load_cohort_as_of(root, cohort, today)
    if person is None:
        scorer = Scorer(find_applicants(program, run, today))
        if output_format == "json":
            show_data(format_json(shortlists_as_value(scorer)), "json")
        else:
            show(shortlists_as_text(scorer))
        return
    explainer = find_explainer(program, run, today)
    refuse_not_accepted(program, run, person)
    refuse_away(program, run, today, person)
    everybody = [p.id for p in explainer.proposal.applicants.people]
    require_participant(person, everybody, run, "participant")
    if output_format == "json":
        best = explainer.rank_best(person, most)
        show_data(format_json({"cohort": run.id, "id": person, "candidates": best}), "json")
    else:
        show(format_lines(explainer.list_best(person, most)))
