"""Pull requests made of texts alone, to a small program with something of everything in it."""

from datetime import date

import folder
from peerloom import review as reviews
from peerloom.program import Loaded, Snapshot, examine_snapshot
from peerloom.review import PullRequest, with_texts

TODAY = date(2026, 3, 1)
# Login and number of each; noor coordinates, bob facilitates, cem and dee are in his circle.
ACCOUNTS = {"noor": 1, "ada": 2, "grace": 3, "bob": 4, "cem": 5, "dee": 6, "lea": 8, "eve": 9}

_PERSON = """\
id: {0}
name: {1}
github: {0}
github_id: {2}
cohorts:
  - cohort: spring
    role: {3}
consent:
  given_on: 2026-01-02
  show: public
  quote: true
"""
_CHECK_IN = """\
cohort: spring
pair: ada-grace
due: 2026-02-09
participant: {0}
answered_on: 2026-02-10
met: true
next_steps: A test of {0}'s.
"""
PAIR = "content/pairs/spring/ada-grace.yml"
CIRCLE = "content/circles/spring/table.yml"
CHECK_IN = "content/check-ins/spring/ada-grace/2026-02-09-{}.yml"
PERSON = "content/participants/{}.yml"
BASE = folder.MINIMAL | {
    PERSON.format("ada"): _PERSON.format("ada", "Ada Example", 2, "mentor"),
    PERSON.format("grace"): _PERSON.format("grace", "Grace Example", 3, "mentee"),
    PERSON.format("bob"): _PERSON.format("bob", "Bob Sample", 4, "mentor"),
    PERSON.format("cem"): _PERSON.format("cem", "Cem Muster", 5, "either"),
    PERSON.format("dee"): _PERSON.format("dee", "Dee Muster", 6, "either"),
    PAIR: folder.MINIMAL[PAIR]
    + """\
agreement:
  agreed_on: 2026-01-14
  meets_every_weeks: 2
  expectations:
    - by: ada
      text: Somebody who asks.
    - by: grace
      text: Somebody who listens.
stories:
  - by: ada
    text: I learned as much.
  - by: grace
    text: It helped me.
""",
    CHECK_IN.format("ada"): _CHECK_IN.format("ada"),
    CHECK_IN.format("grace"): _CHECK_IN.format("grace"),
    CIRCLE: """\
id: table
cohort: spring
kind: circle
name: The table
status: active
started_on: 2026-01-14
facilitators: [bob]
members: [cem, dee]
meetings:
  - on: 2026-01-20
    topic: Beginnings
    attended: [bob, cem, dee]
    case_by: dee
    notes: We began.
  - on: 2026-02-20
    topic: Going on
    attended: [bob, dee]
    notes: We went on.
  - on: 2026-03-01
    topic: Today
    attended: [dee]
""",
    "content/events/opening.yml": """\
id: opening
title: Opening
kind: social
on: 2026-02-02
setting: online
attended: [grace, dee]
""",
}


class Reviewer:
    """Reviews of changes to one program."""

    def __init__(self, files: dict[str, str]) -> None:
        before = Snapshot({path: text.encode() for path, text in files.items()})
        self.unchanged = PullRequest(
            base="b" * 40, head="c" * 40, before=before, after=before, changes=()
        )
        self.loaded: Loaded = examine_snapshot(before, TODAY)

    def review(
        self, changes: dict[str, str], who: str, today: date = TODAY, received: date | None = None
    ) -> reviews.Review:
        """What is said of texts at paths that an account sends, and GitHub had on a day."""
        proposed = with_texts(self.unchanged, changes)
        return reviews.review_pull_request(
            proposed, who, ACCOUNTS[who], today, self.loaded, received=received
        )
