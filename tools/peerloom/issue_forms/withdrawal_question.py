"""The question of the form by which somebody withdraws what they agreed to."""

from peerloom.issue_forms.question import FormQuestion
from peerloom.text.translation import gettext as _

WITHDRAWAL_QUESTION = "withdrawn"


def withdrawal_question() -> FormQuestion:
    """The one question of the form, whose choices are the parts of a consent and all of it."""
    choices = {
        _("Everything that I agreed to"): "everything",
        _("Who may see my page: from now on coordinators alone"): "show",
        _("That I may be quoted"): "quote",
        _("That pictures of me may be shown"): "pictured",
        _("That figures count me"): "counted",
    }
    return FormQuestion(
        id=WITHDRAWAL_QUESTION,
        label=_("What you withdraw"),
        format="one choice",
        help=_("It holds from the day on which you send this. You need not say why."),
        choices=choices,
        is_required=True,
    )
