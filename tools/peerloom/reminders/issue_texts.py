"""The texts of reminders, for a pair or for coordinators, and the links in them."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from peerloom import source
from peerloom.audience import includes, redact_check_in, repository_readers
from peerloom.issue_forms.links import MAX_URL_LENGTH, check_in_form_link
from peerloom.kinds import record_path
from peerloom.model import Audience, CheckIn, Pair, Participant
from peerloom.progress.owed_check_ins import OwedCheckIn
from peerloom.progress.pair_history import pair_history
from peerloom.records import Program
from peerloom.reminders.call_notice import mention_coordinators
from peerloom.schedule import add_days
from peerloom.text.dates import full_date, relative_day
from peerloom.text.escaping.github import disarm_text, escape_comment
from peerloom.text.names import people_names, person_name
from peerloom.text.phrases import count_noun, join_words
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark, ngettext

_WEB = "https://github.com"
_MAX_QUOTED = 2_000


def reminder_title(program: Program, pair: Pair, due: date) -> str:
    """Return a title such as `Check-in of Ada and Grace, due 9 February 2026`."""
    sentence = _("Check-in of {pair}, due {date}")
    return sentence.format(pair=_names_of_pair(program, pair), date=full_date(due))[:250]


def escalation_title(program: Program, pair: Pair, due: date) -> str:
    """Return a title for coordinators, `No answer yet: Ada and Grace, due 9 February 2026`."""
    sentence = _("No answer yet: {pair}, due {date}")
    return sentence.format(pair=_names_of_pair(program, pair), date=full_date(due))[:250]


def reminder_text(
    program: Program, pair: Pair, due: date, owed: Sequence[OwedCheckIn], today: date
) -> str:
    """Return the body of a reminder: who is asked, until when, and each person's links.

    It also quotes what the two planned in their last check-ins.
    """
    asked = [a.participant for a in owed if a.participant] or list(pair.people)
    if today <= due:
        sentence = _("{people}: your check-in is due on **{date}**, {distance}.")
    else:
        sentence = _("{people}: your check-in was due on **{date}**, {distance}.")
    lines = [
        sentence.format(
            people=_mention_people(program, asked, today),
            date=full_date(due),
            distance=relative_day(due, today),
        ),
        "",
        _("Two minutes are enough. Open your link in a browser rather than in GitHub's app:"),
        "",
    ]
    lines += [
        f"- {_quoted_name(program, who)}: {_answer_links(program, pair, due, who, today)}"
        for who in asked
    ]
    lines += _last_agreements(program, pair, due, today)
    lines += _list_booking_links(program, pair)
    lines += ["", _("This closes by itself when the answers are in.")]
    return "\n".join(lines)


def _list_booking_links(program: Program, pair: Pair) -> list[str]:
    """Where a mentor or a peer lets the other book a meeting, if readers of the issue may know."""
    if not includes(repository_readers(program), "members"):
        return []
    mentors = [program.participants.get(id_) for id_ in (pair.mentor, *pair.peers) if id_]
    sentence = _("To book a meeting with {name}: <{link}>")
    links = [
        sentence.format(name=escape_comment(mentor.name), link=mentor.booking_url)
        for mentor in mentors
        if mentor and mentor.booking_url
    ]
    return ["", *links] if links else []


def nudge_text(
    program: Program, pair: Pair, due: date, owed: Sequence[OwedCheckIn], today: date
) -> str:
    """Return the comment on a late check-in; in public it does not tell whose answer is missing."""
    missing = [a.participant for a in owed if a.check_in is None and a.participant]
    is_public = program.settings.visibility == "public"
    asked = list(pair.people) if is_public or not missing else missing
    sentence = _("{people}: this check-in was for {date}.")
    lines = [sentence.format(people=_mention_people(program, asked, today), date=full_date(due))]
    if is_public:
        lines[0] += " " + _("If you have answered already, you need do nothing.")
    lines += ["", _("A few words are enough, also if nothing happened:"), ""]
    lines += [
        f"- {_quoted_name(program, who)}: {_answer_links(program, pair, due, who, today)}"
        for who in asked
    ]
    return "\n".join(lines)


_NEXT_STEPS = (
    (21, mark("Call each of them alone and ask what stands in the way.")),
    (30, mark("Offer both a break, or another match; say that nobody is to blame.")),
    (45, mark("Close the pair without blame if neither answers, and tell both.")),
)


def escalation_text(
    program: Program, pair: Pair, due: date, day: int, owed: Sequence[OwedCheckIn]
) -> str:
    """Return the text for coordinators alone: whose answer is missing, since when, what to do."""
    silent = [
        _quoted_name(program, a.participant) for a in owed if a.check_in is None and a.participant
    ]
    sentence = ngettext(
        "{names} has not answered the check-in of {date}, {days} after it was due.",
        "{names} have not answered the check-in of {date}, {days} after it was due.",
        len(silent),
    )
    if not silent:  # one answer is wanted from the two together
        sentence = _(
            "Neither of the two has answered the check-in of {date}, {days} after it was due."
        )
    late = sentence.format(
        names=join_words(silent),
        date=full_date(due),
        days=count_noun(day, "day"),
    )
    step = next((text for after, text in reversed(_NEXT_STEPS) if day >= after), _NEXT_STEPS[0][1])
    next_step = _("**Next:** {step}").format(step=_(step))
    record = _("The pair's record: {link}").format(link=_edit_link(program, record_path(pair)))
    parts = (late, next_step, record, mention_coordinators(program, pair.cohort))
    return "\n\n".join(part for part in parts if part)


def is_reminded(person: Participant | None, today: date) -> bool:
    """Whether somebody with a record may be reminded on a day."""
    return person is not None and not is_away(person, today)


def is_away(person: Participant | None, today: date) -> bool:
    """Whether somebody asked not to be reminded before a day that has not come yet."""
    return person is not None and person.away_until(today) is not None


def _names_of_pair(program: Program, pair: Pair) -> str:
    """Return the two for a title: GitHub reads no Markdown there, but it does notice mentions."""
    return " ".join(disarm_text(people_names(program.participants, pair.people)).split())


def _quoted_name(program: Program, who: str) -> str:
    return escape_comment(person_name(program.participants, who))


def _mention_people(program: Program, people: list[str], today: date) -> str:
    """Return mentions of those who may be reminded and have a login, and names of the others."""
    mentions = []
    for who in people:
        person = program.participants.get(who)
        if person and person.github and is_reminded(person, today):
            mentions.append(f"@{person.github}")
        else:
            mentions.append(_quoted_name(program, who))
    return join_words(mentions)


def _last_agreements(program: Program, pair: Pair, due: date, today: date) -> list[str]:
    """Return lines with what the two planned last time, as far as readers of the issue may know."""
    readers: Audience = "public" if program.settings.visibility == "public" else "members"
    known = pair_history(program, pair, today).check_ins
    before = [redact_check_in(c, readers) for c in known if c.due < due]
    with_plans = [c for c in before if c.next_steps or c.next_meeting]
    newest = max((c.due for c in with_plans), default=None)
    last = [c for c in with_plans if c.due == newest]
    text: list[str] = []
    for who in pair.people:
        for check_in in (c for c in last if c.participant == who and c.next_steps):
            lines = _shorten_text(check_in.next_steps or "").splitlines()
            text += ["", _("Last time, {name} wrote:").format(name=_quoted_name(program, who)), ""]
            text += [f"> {escape_comment(line)}" for line in lines if line.strip()]
    meeting = max((c.next_meeting for c in last if c.next_meeting), default=None)
    if meeting:
        text += ["", _("You wanted to meet on {date}.").format(date=full_date(meeting))]
    return text


def _shorten_text(text: str) -> str:
    """Return as much of a text as leaves room for everything else in an issue's body."""
    return text if len(text) <= _MAX_QUOTED else f"{text[:_MAX_QUOTED]}…"


def _write_skeleton(program: Program, pair: Pair, due: date, who: str, today: date) -> str:
    """Return the YAML of a valid check-in, with further keys in comments to be filled in.

    In a public repository, a file may hold only what everybody may read.
    """
    value = {
        "cohort": pair.cohort,
        "pair": pair.id,
        "due": due.isoformat(),
        "participant": who,
        "answered_on": today.isoformat(),
    }
    goals = "".join(f"#   - goal: {goal.id}\n#     level: 0\n" for goal in pair.goals[:3])
    meetings = f"# meetings:\n#   - on: {add_days(due, -3).isoformat()}\n"
    invitation = "# Delete the '# ' in front of the lines that you want to fill in.\n"
    if repository_readers(program) == "public":
        return source.dump(value) + invitation + meetings
    return source.dump(value) + (
        f"{invitation}# met: true\n{meetings}#     minutes: 45\n"
        "# ratings:\n#   useful: 4\n#   relationship: 4\n"
        + (f"# goals:\n{goals}" if goals else "")
        + "# next_steps: What you will do until next time\n"
        "# support_wanted: false\n"
    )


def _answer_links(program: Program, pair: Pair, due: date, who: str, today: date) -> str:
    """Return links to the prefilled form and to the page on which the file can be written."""
    settings = program.settings
    check_in = CheckIn(
        cohort=pair.cohort, pair=pair.id, due=due, participant=who, answered_on=today
    )
    folder, _slash, name = record_path(check_in).rpartition("/")
    text = _write_skeleton(program, pair, due, who, today)
    url = f"{_WEB}/{settings.repository}/new/{quote(settings.branch)}/{quote(folder)}"
    filled = f"{url}?filename={quote(name, safe='')}&value={quote(text, safe='')}"
    by_hand = filled if len(filled.encode()) <= MAX_URL_LENGTH else url
    form = check_in_form_link(program, pair, due)
    sentence = _("[answer]({form}), or [write the file yourself]({file})")
    return sentence.format(form=form, file=by_hand)


def _edit_link(program: Program, path: str) -> str:
    settings = program.settings
    url = f"{_WEB}/{settings.repository}/edit/{quote(settings.branch)}/{quote(path)}"
    return f"[{path}]({url})"
