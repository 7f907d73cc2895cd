"""Links that open a form, filled in as far as it can be."""

from datetime import date
from urllib.parse import quote

from peerloom.issue_forms.answers import questions
from peerloom.model import Pair, Settings
from peerloom.records import Program

_WEB = "https://github.com"
# The server refuses longer addresses; the room left is for what a browser adds.
LONGEST_URL = 7_500


def check_in_link(program: Program, pair: Pair, due: date) -> str:
    """The check-in form for a pair and a date, with a line for each of its first goals."""
    filled = {"which": f"{pair.cohort}/{pair.id}/{due.isoformat()}"}
    goals = "".join(f"{goal.id}: \n" for goal in pair.goals[:3])
    if goals and any(q.id == "goals" for q in questions("check-in", program)):
        filled["goals"] = goals
    link = _link(program.settings, "check-in")
    more = "".join(f"&{key}={quote(text, safe='')}" for key, text in filled.items())
    return link + more if len(link + more) <= LONGEST_URL else link


def sign_up_link(settings: Settings) -> str:
    """The sign-up form."""
    return _link(settings, "sign-up")


def _link(settings: Settings, kind: str) -> str:
    return f"{_WEB}/{settings.repository}/issues/new?template={kind}.yml"
