"""Who sees what: what the program says of itself, and who reads each thing that it keeps."""

from peerloom.issue_forms.links import withdrawal_form_link
from peerloom.model import Minors
from peerloom.pages.readers import list_kept_kinds
from peerloom.pages.rendering import Here
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

_MINORS: dict[Minors, str] = {
    "none": mark("Minors do not take part."),
    "from 16": mark("People take part from the age of 16."),
    "with consent": mark(
        "Minors take part with the consent of whoever has parental responsibility for them."
    ),
}


def render_page(here: Here) -> str:
    """The whole page, where the program has no words of its own on it."""
    return f"# {_('Who sees what')}\n\n{render_addition(here)}"


def render_addition(here: Here) -> str:
    """What stands below the program's own words."""
    settings = here.site.seen.settings
    responsible = settings.responsible
    return here.fill_template(
        settings=settings,
        contact=(responsible and responsible.contact) or settings.contact,
        minors=_(_MINORS[settings.minors]) if settings.minors else None,
        withdrawing=withdrawal_form_link(settings),
        kinds=list(list_kept_kinds(here.site.seen)),
    )
