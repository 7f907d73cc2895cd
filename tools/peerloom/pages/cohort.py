"""The page of a cohort: what it is for, what is next, who takes part."""

from collections.abc import Sequence

from peerloom.model import Cohort, Membership, Participant
from peerloom.pages.calendar import list_cohort_entries
from peerloom.pages.pair import summarize_pair
from peerloom.pages.rendering import Here
from peerloom.text.numbers import whole_number
from peerloom.text.phrases import count_noun
from peerloom.text.translation import gettext as _
from peerloom.text.translation import ngettext

_MOST_ENTRIES = 4
_ROLES = ("mentor", "mentee", "either")


def render_page(here: Here, cohort: Cohort) -> str:
    """A cohort with the people, pairs and circles that the audience may see."""
    site = here.site
    members = site.whole.members_of(cohort.id)
    shown = site.seen.members_of(cohort.id)
    entries = sorted(list_cohort_entries(here, cohort), key=lambda entry: entry.on)
    return here.fill_template(
        cohort=cohort,
        next=[entry for entry in entries if entry.on >= site.today][:_MOST_ENTRIES],
        who_takes_part=_count_by_role(members),
        hidden=len({p.id for p, _ in members}) - len({p.id for p, _ in shown}),
        roles=[
            (title, tuple(dict.fromkeys(p.id for p, m in shown if m.role == role)))
            for title, role in (
                (_("Mentors"), "mentor"),
                (_("Mentees"), "mentee"),
                (_("Either"), "either"),
            )
        ],
        pairs=[summarize_pair(here, pair) for pair in site.seen.pairs_of(cohort.id)],
        circles=site.seen.circles_of(cohort.id),
    )


def _count_by_role(members: Sequence[tuple[Participant, Membership]]) -> str:
    """How many people take part in each role, as a sentence; empty if nobody does."""
    count = {role: len({p.id for p, m in members if m.role == role}) for role in _ROLES}
    mentors, mentees = count_noun(count["mentor"], "mentor"), count_noun(count["mentee"], "mentee")
    if count["either"]:
        sentence = ngettext(
            "{mentors}, {mentees} and {number} person open to either role take part.",
            "{mentors}, {mentees} and {number} people open to either role take part.",
            count["either"],
        )
        number = whole_number(count["either"])
        return sentence.format(mentors=mentors, mentees=mentees, number=number)
    if not members:
        return ""
    return _("{mentors} and {mentees} take part.").format(mentors=mentors, mentees=mentees)
