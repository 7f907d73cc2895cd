"""Links that open a form, filled in as far as possible."""

from datetime import date
from urllib.parse import quote

from peerloom.issue_forms.question import FormKind
from peerloom.issue_forms.questions import form_questions
from peerloom.model import Pair, Settings
from peerloom.records import Program

_WEB = "https://github.com"
# GitHub refuses addresses of 8 kB and more; the rest is for what a browser adds.
MAX_URL_LENGTH = 7_500
_MAX_GOALS_FILLED = 3


def check_in_form_link(program: Program, pair: Pair, due: date) -> str:
    """Return a link to the check-in form for a pair and due date, with a line for each goal.

    It is for the first goals only, and for none where the address would be too long.
    """
    filled = {"which": f"{pair.cohort}/{pair.id}/{due.isoformat()}"}
    goals = "".join(f"{goal.id}: \n" for goal in pair.goals[:_MAX_GOALS_FILLED])
    if goals and any(q.id == "goals" for q in form_questions("check-in", program)):
        filled["goals"] = goals
    link = _form_link(program.settings, "check-in")
    query = "".join(f"&{key}={quote(text, safe='')}" for key, text in filled.items())
    return link + query if len(link + query) <= MAX_URL_LENGTH else link


def sign_up_form_link(settings: Settings) -> str:
    """Return a link to the sign-up form."""
    return _form_link(settings, "sign-up")


def withdrawal_form_link(settings: Settings) -> str:
    """Return a link to the form by which somebody withdraws what they agreed to."""
    return _form_link(settings, "withdraw")


def _form_link(settings: Settings, kind: FormKind) -> str:
    return f"{_WEB}/{settings.repository}/issues/new?template={kind}.yml"
