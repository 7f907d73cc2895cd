"""The page of a cohort: what it is for, what is next, who takes part."""

from collections.abc import Sequence
from datetime import date

from markupsafe import Markup

from peerloom.model import Cohort, Membership, Participant
from peerloom.pages.calendar import list_cohort_entries
from peerloom.pages.pair import summarize_pair
from peerloom.pages.rendering import Here
from peerloom.progress.selection import STANDINGS, SignedUp, list_signed_up
from peerloom.report import describe_evidence, read_aims
from peerloom.text.numbers import whole_number
from peerloom.text.phrases import count_noun, join_words
from peerloom.text.translation import gettext as _
from peerloom.text.translation import ngettext

_MOST_ENTRIES = 4
_ROLES = ("mentor", "mentee", "either")


def render_page(here: Here, cohort: Cohort) -> str:
    """A cohort with the people, pairs and circles that the audience may see."""
    site = here.site
    everybody = site.whole.members_of(cohort.id)
    members = _select_counted(everybody, cohort, site.today)
    shown = _select_counted(site.seen.members_of(cohort.id), cohort, site.today)
    entries = sorted(list_cohort_entries(here, cohort), key=lambda entry: entry.on)
    return here.fill_template(
        cohort=cohort,
        aims=read_aims(site.whole, cohort.id, site.audience, site.today),
        h=Markup("#"),
        evidence=describe_evidence,
        day=lambda iso: here.full_date(date.fromisoformat(iso)),
        next=[entry for entry in entries if entry.on >= site.today][:_MOST_ENTRIES],
        who_takes_part=everybody and _count_by_role(members, is_over=cohort.is_over(site.today)),
        left=len({p.id for p, _ in everybody} - {p.id for p, _ in members}),
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
        coordinators=_link_coordinators(here, cohort),
        signed_up=_count_signed_up(here, cohort),
        waiting=_list_waiting(here, cohort),
    )


def _link_coordinators(here: Here, cohort: Cohort) -> Markup:
    """The cohort's own coordinators: each by name, if the audience may see it, or by account."""
    names = {
        person.github.casefold(): person.id
        for person in here.site.seen.participants.values()
        if person.github
    }
    links = [
        here.person_link(names[login.casefold()])
        if login.casefold() in names
        else here.external_link(f"@{login}", f"https://github.com/{login}")
        for login in cohort.coordinators
    ]
    return Markup(join_words(links))  # noqa: S704 - each name is escaped


def _count_signed_up(here: Here, cohort: Cohort) -> list[tuple[str, int]]:
    """How many people stand where in a cohort that selects, for coordinators alone."""
    site = here.site
    if site.audience != "coordinators":
        return []
    signed_up = list_signed_up(site.whole, cohort, site.today)
    is_selected = cohort.selects or any(signed_up[s] for s in STANDINGS if s != "accepted")
    return [
        (state, len({each.person.id for each in those}))
        for state, those in signed_up.items()
        if is_selected
    ]


def _list_waiting(here: Here, cohort: Cohort) -> list[SignedUp]:
    """Who waits for a place, in the order in which they applied, for coordinators alone."""
    site = here.site
    if site.audience != "coordinators":
        return []
    return list(list_signed_up(site.whole, cohort, site.today)["waiting"])


_Members = Sequence[tuple[Participant, Membership]]


def _select_counted(members: _Members, cohort: Cohort, today: date) -> _Members:
    """Who takes part today; once the cohort is over, everybody who did."""
    if cohort.is_over(today):
        return members
    return [each for each in members if each[1].left_on is None or each[1].left_on > today]


def _count_by_role(members: _Members, *, is_over: bool) -> str:
    """How many people take or took part in each role, as a sentence."""
    count = {role: len({p.id for p, m in members if m.role == role}) for role in _ROLES}
    mentors, mentees = count_noun(count["mentor"], "mentor"), count_noun(count["mentee"], "mentee")
    if not count["either"]:
        sentence = (
            _("{mentors} and {mentees} took part.")
            if is_over
            else _("{mentors} and {mentees} take part.")
        )
        return sentence.format(mentors=mentors, mentees=mentees)
    sentence = (
        ngettext(
            "{mentors}, {mentees} and {number} person open to either role took part.",
            "{mentors}, {mentees} and {number} people open to either role took part.",
            count["either"],
        )
        if is_over
        else ngettext(
            "{mentors}, {mentees} and {number} person open to either role take part.",
            "{mentors}, {mentees} and {number} people open to either role take part.",
            count["either"],
        )
    )
    number = whole_number(count["either"])
    return sentence.format(mentors=mentors, mentees=mentees, number=number)
