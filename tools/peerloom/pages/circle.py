"""The page of a circle: who is in it, when it meets, what each meeting was about."""

from markupsafe import Markup

from peerloom.model import Circle
from peerloom.pages.rendering import Here
from peerloom.text.escaping.markdown import Markdown
from peerloom.text.translation import gettext as _


def render_page(here: Here, circle: Circle) -> str:
    """A circle as the audience may see it; others are counted if they are not few.

    Who of the others came to a meeting is not even counted.
    """
    whole = here.site.whole.circles[circle.cohort, circle.id]
    return here.fill_template(
        circle=circle,
        cohort=here.site.seen.cohorts[circle.cohort],
        whole=whole,
        next_case=_announce_next_case(here, circle),
    )


def _announce_next_case(here: Here, circle: Circle) -> Markup | None:
    """A line on whose turn it is in a supervision group: the longest since their own case."""
    if circle.kind != "supervision" or circle.status != "active":
        return None
    if here.site.audience == "public" or not circle.members:
        return None
    meetings = sorted(circle.meetings, key=lambda meeting: meeting.on)
    last_case = {meeting.case_by: meeting.on for meeting in meetings if meeting.case_by}
    # Members who never brought a case come before all others.
    member = min(circle.members, key=lambda id_: (id_ in last_case, last_case.get(id_), id_))
    return Markdown(_("Next to bring a case: {name}")).format(name=here.person_link(member))
