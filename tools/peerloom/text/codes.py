"""Codes of records in words: how people read `ended_early` or `in_person`."""

from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark

# Every value of a schema that a page or a report shows. One word may be the value of several
# fields, where it means the same.
_WORDS = {
    "active": mark("active"),
    "accepted": mark("accepted"),
    "advanced": mark("advanced"),
    "after": mark("after"),
    "applied": mark("applied"),
    "article": mark("article"),
    "before": mark("before"),
    "beginner": mark("beginner"),
    "book": mark("book"),
    "circle_session": mark("circle session"),
    "completed": mark("completed"),
    "conduct": mark("conduct"),
    "course": mark("course"),
    "declined": mark("declined"),
    "either": mark("mentor or mentee"),
    "ended_early": mark("ended early"),
    "expert": mark("expert"),
    "goal_reached": mark("goal reached"),
    "for_a_person": mark("a person must say"),
    "guide": mark("guide"),
    "intermediate": mark("intermediate"),
    "mentee": mark("mentee"),
    "mentor": mark("mentor"),
    "midway": mark("midway"),
    "moved_or_changed_role": mark("moved or changed role"),
    "no_reply_mentee": mark("no reply from the mentee"),
    "no_reply_mentor": mark("no reply from the mentor"),
    "not said": mark("not said"),
    "not_known_yet": mark("not known yet"),
    "not_reached": mark("not reached"),
    "other": mark("other"),
    "partly": mark("partly reached"),
    "paused": mark("paused"),
    "podcast": mark("podcast"),
    "poor_fit": mark("poor fit"),
    "program_fault": mark("the program's fault"),
    "proposed": mark("proposed"),
    "reached": mark("reached"),
    "seminar": mark("seminar"),
    "social": mark("social"),
    "term_over": mark("term over"),
    "time": mark("time"),
    "tool": mark("tool"),
    "video": mark("video"),
    "waiting": mark("waiting"),
    "withheld": mark("withheld"),
    "workshop": mark("workshop"),
}
_SETTINGS = {
    "remote": mark("online"),
    "online": mark("online"),
    "in_person": mark("in person"),
    "hybrid": mark("online and in person"),
}


def code_in_words(code: str) -> str:
    """A code of a record as people read it; its own words where it is not a known one."""
    return _(_WORDS[code]) if code in _WORDS else code.replace("_", " ").replace("-", " ")


def describe_setting(code: str) -> str:
    """How people meet, from the code in a record: `in person`."""
    return _(_SETTINGS[code])
