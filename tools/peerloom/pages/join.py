"""How to join: the cohorts that take sign-ups, and what we ask of each role."""

from datetime import date

from markupsafe import Markup

from peerloom.issue_forms.links import sign_up_form_link
from peerloom.model import Cohort
from peerloom.pages.readers import list_sign_up_readers
from peerloom.pages.rendering import Here
from peerloom.templating import rendered
from peerloom.text.phrases import describe_rhythm
from peerloom.text.translation import gettext as _


def render_page(here: Here) -> str:
    """The cohorts that somebody can still join; if there are none, those that begin later."""
    site = here.site
    cohorts = sorted(site.seen.cohorts.values(), key=lambda cohort: (cohort.starts, cohort.id))
    still_open = [c for c in cohorts if _can_be_joined(c, site.today)]
    rhythms = [c.check_ins.every_weeks for c in cohorts if c.check_ins and c.check_ins.every_weeks]
    return here.fill_template(
        settings=site.seen.settings,
        cohorts=still_open or [c for c in cohorts if c.starts > site.today],
        sign_up=sign_up_form_link(site.seen.settings),
        rhythm=describe_rhythm(rhythms[-1]) if rhythms else _("when one is due"),
        what_others_see=Markup(render_addition(here)),  # noqa: S704 - of a template
    )


def render_addition(here: Here) -> str:
    """Who will read each answer to the sign-up; also below words of the program's own."""
    seen = here.site.seen
    values = list(list_sign_up_readers(seen))
    return rendered("what-others-see.md.j2", here=here, settings=seen.settings, values=values)


def takes_sign_ups(cohort: Cohort, today: date) -> bool:
    """Whether the cohort's sign-up is open on a day.

    A cohort without an end that names no time for sign-ups takes them always.
    """
    window = cohort.applications
    if window is None:
        return cohort.ends is None
    return window.opens <= today <= window.closes


def _can_be_joined(cohort: Cohort, today: date) -> bool:
    """Whether the cohort's sign-up is open, or still to come."""
    window = cohort.applications
    return takes_sign_ups(cohort, today) or (window is not None and window.opens >= today)
