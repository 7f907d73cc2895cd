"""Matches become a pull request that is read, changed and merged by people."""

import html
import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import folder
from commits import Commits, Files
from dying_client import DyingClient, Killed, list_requests_to_lose
from peerloom import github, source
from peerloom.cli.command import peerloom
from peerloom.github import publisher as publishing
from peerloom.github.submit_matches import submit_matches
from peerloom.matching.propose import propose_matches
from program_on_github import HOME, ProgramOnGitHub
from stand_in import Fault, StandIn
from stand_in.server import BOT

TODAY = date(2026, 1, 8)
PAIRS = "content/pairs/spring"
PROGRAM = """\
name: Reading Circle
repository: reading-circle/mentoring
visibility: private
time_zone: Europe/Lisbon
languages: [en]
coordinators: [noor]
coordinator_ids:
  noor: 9
skills:
  - id: python
    name: Python
  - id: statistics
    name: Statistics
"""
NOOR, SOMEBODY = ("noor", "9"), ("mallory", "66")


def person(id_: str, role: str, skill: str, name: str = "") -> dict[str, str]:
    value = {
        "id": id_,
        "name": name or f"{id_.title()} Example",
        "cohorts": [{"cohort": "spring", "role": role}],
        f"skills_{'offered' if role == 'mentor' else 'wanted'}": [{"skill": skill}],
        "consent": {"given_on": "2026-01-02", "show": "public", "quote": True},
    }
    return {f"content/participants/{id_}.yml": source.dump(value)}


BASE = {
    "content/program.yml": PROGRAM,
    "content/cohorts/spring.yml": folder.MINIMAL["content/cohorts/spring.yml"],
    **person("ada", "mentor", "python"),
    **person("bola", "mentor", "statistics"),
    **person("cem", "mentee", "statistics"),
    **person("dee", "mentee", "python"),
}
# The two pairs that there can be, the other way round than they would be proposed.
CROSSED = {
    f"{PAIRS}/{mentor}-{mentee}.yml": (
        f"id: {mentor}-{mentee}\ncohort: spring\nmentor: {mentor}\nmentee: {mentee}\n"
        "status: proposed\nmatch:\n  by: peerloom\n  'on': 2026-01-07\n"
    )
    for mentor, mentee in (("ada", "cem"), ("bola", "dee"))
}


class Life(ProgramOnGitHub):
    """A program on GitHub, and whoever starts the workflow."""

    def __init__(self, root: Path, hub: StandIn, **more: str) -> None:
        super().__init__(root, hub, {**BASE, **more}, TODAY)

    def commit(self, files: Files, branch: str = "main") -> str:
        """Somebody pushes to a branch."""
        is_there = self.commits.git("for-each-ref", f"refs/heads/{branch}")
        return self.commits.commit(branch, files, branch if is_there else None)

    def match(self, *arguments: str, who: tuple[str, str] = NOOR, today: date = TODAY) -> Result:
        options = ("--pull-request", *arguments, "--today", today.isoformat())
        return self.run("match", "spring", *options, starter=who)

    def review_push(self, number: int, who: tuple[str, str]) -> Result:
        """The workflow `review`, as it runs when somebody pushes to a pull request of the bot's."""
        return self.review(number, self.tip, BOT["login"], BOT["id"], starter=who)

    @property
    def tip(self) -> str:
        return self.commits.git("rev-parse", "match-spring")

    @property
    def changed(self) -> dict[str, str]:
        """What the branch does to each path: `A`, `M` or `D`."""
        listed = self.commits.git("diff", "--name-status", "main...match-spring").splitlines()
        lines = [line.split("\t") for line in listed]
        return {path.removeprefix(f"{PAIRS}/"): how for how, path in lines}

    @property
    def open_pulls(self) -> list[int]:
        return [n for n in self.repository.pulls if self.repository.issues[n]["state"] == "open"]

    def labels(self, number: int) -> set[str]:
        return {label["name"] for label in self.repository.issues[number]["labels"]}

    def comments(self, number: int) -> list[str]:
        at = self.repository.issues[number]["url"]
        return [c["body"] for c in self.repository.comments.values() if c["issue_url"] == at]

    def state(self) -> tuple:
        """Everything that a run can have left behind."""
        issues = self.repository.issues
        return (
            {n: (i["title"], i["body"], i["state"]) for n, i in issues.items()},
            {n: (self.comments(n), self.labels(n)) for n in issues},
            self.repository.origin.refs("heads/"),
            self.repository.statuses[-1],
        )


@pytest.fixture
def life(tmp_path: Path, hub: StandIn) -> Life:
    return Life(tmp_path, hub)


def test_matches_become_one_pull_request_that_is_merged(life: Life) -> None:
    found = life.match()
    assert (found.exit_code, found.stderr) == (0, "")
    assert found.output == "pull request #1 proposes 2 pairs: may merge\n"
    pull = life.repository.issues[1]
    assert pull["title"] == "Matches for Spring" and pull["user"]["login"] == BOT["login"]
    assert "weakest first" in pull["body"] and "**Ada Example mentors Dee Example**" in pull["body"]
    assert life.changed == {"ada-dee.yml": "A", "bola-cem.yml": "A"}
    about = life.commits.git("log", "--format=%P %an %ae", "main..match-spring")
    main = life.commits.git("rev-parse", "main")
    assert about == f"{main} noor 9+noor@users.noreply.github.com"
    sha, status = life.repository.statuses[-1]
    assert sha == life.tip and status["state"] == "success"
    assert status["description"] == "the rules hold"
    assert life.labels(1) == set()
    (said,) = life.comments(1)
    assert "All is well with this." in said and sha[:10] in said
    life.hub.merge(HOME, 1)
    assert life.match().output == "there is nothing new to propose\n"
    assert "status: proposed" in life.commits.git("show", f"main:{PAIRS}/ada-dee.yml")


def test_a_log_that_everybody_can_read_names_nobody(life: Life) -> None:
    said = life.match().output
    assert not re.search("ada|bola|cem|dee|example", said, re.IGNORECASE)


@pytest.mark.parametrize("today", [TODAY, date(2026, 1, 9)])
def test_a_second_run_changes_nothing(life: Life, today: date) -> None:
    life.match()
    before = life.state()
    written = {method: life.hub.count(method) for method in ("POST", "PATCH", "DELETE")}
    assert life.match(today=today).output == "pull request #1 proposes 2 pairs: may merge\n"
    assert life.state() == before
    again = {method: life.hub.count(method) - many for method, many in written.items()}
    assert again == {"POST": 1, "PATCH": 0, "DELETE": 0}  # the status, which is the same


def test_who_came_since_renews_it(life: Life) -> None:
    life.match()
    first = life.tip
    life.commit(person("eli", "mentee", "python") | person("fay", "mentor", "python"))
    assert life.match().output == "pull request #1 proposes 3 pairs: may merge\n"
    assert life.open_pulls == [1] and len(life.comments(1)) == 1
    assert life.tip != first and len(life.changed) == 3
    assert life.commits.git("rev-parse", "match-spring^") == life.commits.git("rev-parse", "main")
    assert "Eli Example" in life.repository.issues[1]["body"]


def test_a_new_reason_why_somebody_has_nobody_renews_the_text_alone(life: Life) -> None:
    life.match()
    first, (path, text) = life.tip, *person("eli", "mentee", "python").items()
    life.commit({path: f"{text}excluded: [ada, bola]\n"})
    life.match()
    assert life.tip == first and life.open_pulls == [1]
    assert "is unmatched" in life.repository.issues[1]["body"]


def test_what_a_person_added_to_the_text_stays(life: Life) -> None:
    life.match()
    life.repository.issues[1]["body"] += "\nNoor: look at the second again.\n"
    life.match()
    assert life.repository.issues[1]["body"].endswith("look at the second again.\n")


def test_what_a_person_pushed_is_not_overwritten(life: Life) -> None:
    life.match()
    by_hand = life.commit({f"{PAIRS}/ada-dee.yml": None}, "match-spring")
    life.commit(person("eli", "mentee", "python") | person("fay", "mentor", "python"))
    before = life.state()
    found = life.match()
    assert found.exit_code == 1 and found.stdout == ""
    assert found.stderr == (
        "peerloom: somebody has changed the branch 'match-spring' by hand, and it is left as it "
        "is: merge its pull request, or delete the branch, and run this again\n"
    )
    assert life.tip == by_hand and life.state() == before


def test_a_commit_that_a_person_amended_is_theirs(life: Life, tmp_path: Path) -> None:
    """Even in the program's name: what it leads to is not what its message says."""
    life.match()
    life.commit({f"{PAIRS}/ada-dee.yml": None}, "match-spring")
    tree = life.commits.git("rev-parse", "match-spring^{tree}")
    about = life.commits.git("cat-file", "commit", "match-spring^").split("\n", 1)[1]
    raw = f"tree {tree}\n{about}".encode()
    amended = life.commits.git("hash-object", "-t", "commit", "-w", "--stdin", given=raw)
    life.commits.git("update-ref", "refs/heads/match-spring", amended)
    assert "changed the branch 'match-spring' by hand" in life.match().stderr
    assert life.tip == amended


def test_a_branch_that_was_merged_with_a_person_s_commit_is_free(life: Life) -> None:
    life.match()
    life.commit({f"{PAIRS}/ada-dee.yml": None}, "match-spring")
    life.hub.merge(HOME, 1)
    assert life.match().output == "pull request #2 proposes 1 pair: may merge\n"
    assert life.changed == {"ada-dee.yml": "A"}


def test_what_was_merged_and_taken_back_is_proposed_anew(life: Life) -> None:
    life.match()
    first = life.tip
    life.hub.merge(HOME, 1)
    life.commit({f"{PAIRS}/ada-dee.yml": None, f"{PAIRS}/bola-cem.yml": None})
    assert life.match().output == "pull request #2 proposes 2 pairs: may merge\n"
    assert life.tip != first


def test_who_starts_it_again_gets_a_pull_request_that_was_closed_once_more(life: Life) -> None:
    life.match()
    life.repository.issues[1]["state"] = "closed"
    assert life.match().output == "pull request #2 proposes 2 pairs: may merge\n"
    assert life.open_pulls == [2]


def test_nothing_to_propose_leaves_an_open_one_alone(life: Life) -> None:
    life.match()
    before = life.state()
    life.commit({f"content/participants/{who}.yml": None for who in ("ada", "bola")})
    before[2]["refs/heads/main"] = life.commits.git("rev-parse", "main")
    found = life.match()
    said = "there is nothing new to propose; pull request #1 is left as it is\n"
    assert (found.exit_code, found.output) == (0, said)
    assert life.state() == before


def test_another_cohort_s_branch_is_another(life: Life) -> None:
    life.commit({"content/pages/x.md": "# x"}, "match-spring-2")
    other = life.commits.git("rev-parse", "match-spring-2")
    assert life.match().exit_code == 0
    assert life.commits.git("rev-parse", "match-spring-2") == other


@pytest.mark.parametrize("who", [NOOR, SOMEBODY])
def test_earlier_proposals_go_where_there_are_better_ones(
    tmp_path: Path, hub: StandIn, who: tuple[str, str]
) -> None:
    life = Life(tmp_path / "crossed", hub, **CROSSED)
    assert life.match(who=who).output == "there is nothing new to propose\n"
    found = life.match("--anew", who=who)
    assert found.output == "pull request #1 proposes 2 pairs and withdraws 2: needs a coordinator\n"
    wanted = {"ada-cem.yml": "D", "bola-dee.yml": "D", "ada-dee.yml": "A", "bola-cem.yml": "A"}
    assert life.changed == wanted
    assert life.labels(1) == {"for a maintainer"}
    assert life.repository.statuses[-1][1]["state"] == "success"
    assert "is deleted" in life.comments(1)[0]
    life.hub.merge(HOME, 1)
    left = life.commits.git("ls-tree", "-r", "--name-only", "main", PAIRS).splitlines()
    assert left == [f"{PAIRS}/ada-dee.yml", f"{PAIRS}/bola-cem.yml"]


def test_what_stays_as_it_is_but_for_the_day_is_no_change(life: Life) -> None:
    life.match()
    life.hub.merge(HOME, 1)
    tomorrow = date(2026, 1, 9)
    assert life.match("--stable", today=tomorrow).output == "there is nothing new to propose\n"


# Merging is beginning, where a coordinator chooses that.


def test_a_pull_request_can_begin_the_pairs_with_the_merge(life: Life) -> None:
    found = life.match("--begin-on", "2026-01-14")
    assert found.output == "pull request #1 proposes 2 pairs: may merge\n"
    text = life.commits.git("show", f"match-spring:{PAIRS}/ada-dee.yml")
    assert "status: active\nstarted_on: '2026-01-14'\n" in text
    assert "With the merge the pairs begin, on 14 January 2026" in life.repository.issues[1]["body"]
    (said,) = life.comments(1)
    assert (
        "### What begins\n\n- Merging this begins 2 pairs of Spring on 14 January 2026. "
        "Their first check-in is due on 26 January 2026: merge it before that."
    ) in html.unescape(said)


@pytest.mark.parametrize("first", [(), ("--begin-on", "2026-01-14")])
def test_another_choice_renews_the_pull_request(life: Life, first: tuple[str, ...]) -> None:
    life.match(*first)
    before = life.tip
    life.match("--begin-on", "2026-01-20")
    assert life.tip != before
    assert "started_on: '2026-01-20'" in life.commits.git(
        "show", f"match-spring:{PAIRS}/ada-dee.yml"
    )
    assert "20 January" in life.repository.issues[1]["body"]


def test_proposals_that_were_merged_begin_with_the_next(life: Life) -> None:
    life.match()
    life.hub.merge(HOME, 1)
    life.match("--stable", "--begin-on", "2026-01-20")
    assert life.changed == {"ada-dee.yml": "M", "bola-cem.yml": "M"}
    assert "Merging this begins 2 pairs" in life.comments(2)[0]


def test_a_merge_that_comes_late_is_said_to_owe_check_ins(life: Life) -> None:
    life.match("--begin-on", "2026-01-14", today=date(2026, 2, 1))
    assert (
        "Merging this begins 2 pairs of Spring on 14 January 2026, which is past. Check-ins of "
        "26 January 2026 are owed as soon as it is merged."
    ) in life.comments(1)[0]


def test_who_is_away_on_that_day_is_proposed_only(tmp_path: Path, hub: StandIn) -> None:
    (path,) = person("dee", "mentee", "python")
    text = person("dee", "mentee", "python")[path] + "paused_until: 2026-01-20\n"
    life = Life(tmp_path, hub, **{path: text})
    life.match("--begin-on", "2026-01-14", today=date(2026, 2, 1))
    assert "status: proposed" in life.commits.git("show", f"match-spring:{PAIRS}/ada-dee.yml")
    assert "begins 1 pair of Spring" in life.comments(1)[0]


def test_a_day_outside_of_the_cohort_begins_nothing(life: Life) -> None:
    found = life.match("--begin-on", "2027-01-14")
    assert found.exit_code == 1
    assert "14 January 2027 must be a day of 'spring'" in found.stderr
    assert life.open_pulls == []


def test_a_branch_in_which_main_s_file_has_changed_meanwhile_is_made_again(
    tmp_path: Path, hub: StandIn
) -> None:
    life = Life(tmp_path / "crossed", hub, **CROSSED)
    life.match("--anew")
    first = life.tip
    path = f"{PAIRS}/ada-cem.yml"
    life.commit({path: CROSSED[path] + "  summary: Both read at night.\n"})
    life.match("--anew")
    assert life.tip != first
    assert life.commits.git("rev-parse", "match-spring^") == life.commits.git("rev-parse", "main")


def test_who_is_no_coordinator_needs_one(life: Life) -> None:
    found = life.match(who=SOMEBODY)
    assert found.output == "pull request #1 proposes 2 pairs: needs a coordinator\n"
    assert life.labels(1) == {"needs a coordinator"}
    assert life.repository.statuses[-1][1] == {
        "state": "success",
        "context": "peerloom",
        "target_url": f"https://github.com/{HOME}/pull/1",
        "description": "the rules hold; a coordinator decides",
    }
    assert "A coordinator decides about this." in life.comments(1)[0]
    assert life.match().output == "pull request #1 proposes 2 pairs: may merge\n"
    assert life.labels(1) == set()


@pytest.mark.parametrize(("who", "state"), [(NOOR, "success"), (SOMEBODY, "failure")])
def test_what_somebody_overrules_in_it_is_reviewed_as_theirs(
    life: Life, who: tuple[str, str], state: str
) -> None:
    life.match()
    head = life.commit({f"{PAIRS}/ada-dee.yml": None}, "match-spring")
    found = life.review_push(1, who)
    assert found.exit_code == 0, found.output
    sha, status = life.repository.statuses[-1]
    assert (sha, status["state"]) == (head, state)


def test_a_review_that_the_bot_itself_set_off_says_the_same(life: Life) -> None:
    """Where GitHub runs it for a pull request that a workflow opened."""
    life.match()
    before = life.state()
    life.review_push(1, ("github-actions[bot]", "41898282"))
    assert life.state() == before
    by_hand = life.commit({f"{PAIRS}/ada-dee.yml": None}, "match-spring")
    life.review_push(1, ("github-actions[bot]", "41898282"))
    sha, status = life.repository.statuses[-1]
    assert (sha, status["state"]) == (by_hand, "failure")


@pytest.mark.parametrize(
    "name",
    [
        "@everyone",
        "closes #1",
        "<script>x</script>",
        "<!-- peerloom matches",
        "![x](https://example.org/x.png)",
        "[x](javascript:x)",
        "**x** `id` $(id)",
        "::error::x",
        "x](y) | z",
    ],
)
def test_hostile_names_stay_text(tmp_path: Path, hub: StandIn, name: str) -> None:
    cohort = BASE["content/cohorts/spring.yml"].replace("name: Spring", source.dump({"name": name}))
    more = {"content/cohorts/spring.yml": cohort, **person("cem", "mentee", "statistics", name)}
    life = Life(tmp_path / "hostile", hub, **more)
    found = life.match()
    assert found.output == "pull request #1 proposes 2 pairs: may merge\n", found.stderr
    pull = life.repository.issues[1]
    for text in (pull["title"], pull["body"], life.comments(1)[0]):
        for acting in ("@everyone", "closes #1"):
            assert acting not in text
    assert pull["body"].count("<!--") == 1
    for acting in ("<script", "](https", "](javascript", "**x**", "`id`"):
        assert acting not in pull["body"]


def test_a_thousand_pairs_are_put_there_in_several_requests(
    life: Life, hub: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "_FILES_PER_REQUEST", 1)
    life.match()
    assert hub.count("POST", "/git/trees") == 2 and len(life.changed) == 2


def test_what_github_s_main_is_past_is_fetched_first(life: Life, tmp_path: Path) -> None:
    clone = Commits(tmp_path / "clone.git")
    clone.git("fetch", "--quiet", str(life.commits.folder), "main:main")
    life.commit(person("eli", "mentee", "python"))
    life.commits = clone
    found = life.match()
    assert found.exit_code == 1 and life.repository.issues == {}
    assert found.stderr == (
        "peerloom: the newest commit of 'main' on GitHub must be checked out: fetch it, and run "
        "this again\n"
    )


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("earlier", [False, True])
def test_wherever_a_run_dies_the_next_ends_in_the_same_state(
    tmp_path: Path, hub: StandIn, after: bool, earlier: bool
) -> None:
    lived = _lived(tmp_path / "lived", hub, earlier=earlier)
    wanted = lived.copy(tmp_path / "whole")
    wanted.match("--anew")
    first = dies_at = 1 if after else 0  # the first request is refused, as Actions' token is
    while True:
        life = lived.copy(tmp_path / f"{dies_at}")
        if not _dies(life, dies_at, after=after):
            break
        assert life.match("--anew").exit_code == 0
        assert life.state() == wanted.state(), dies_at
        dies_at += 1
    assert dies_at > first + 10


@pytest.mark.parametrize("fault", ["lost", "cut", "done and 502", "502"])
def test_whatever_answer_is_lost_the_next_run_ends_in_the_same_state(
    tmp_path: Path, hub: StandIn, fault: Fault
) -> None:
    lived = _lived(tmp_path / "lived", hub, earlier=True)
    wanted = lived.copy(tmp_path / "whole")
    begun = len(hub.requests)
    wanted.match("--anew")
    for lost in list_requests_to_lose(hub, begun, fault):
        life = lived.copy(tmp_path / f"{lost}")
        first = len(hub.requests)
        hub.faults = lambda number, method, path, at=first + lost: fault if number == at else None
        assert "Traceback" not in life.match("--anew").output
        hub.faults = lambda number, method, path: None
        life.match("--anew")
        assert life.state() == wanted.state(), (lost, hub.requests[first + lost])


def _lived(root: Path, hub: StandIn, *, earlier: bool) -> Life:
    """A program of its own; with earlier proposals, and an open pull request to renew."""
    life = Life(root, hub, **(CROSSED if earlier else {}))
    if earlier:
        life.match("--anew")
        life.commit(person("eli", "mentee", "python") | person("fay", "mentor", "python"))
    return life


def _dies(life: Life, at: int, *, after: bool) -> bool:
    """Whether a run died at a request."""
    client = DyingClient(life.hub, at, after=after)
    try:
        publisher = life.make_publisher(client)
        program = publisher.program
        proposal = propose_matches(program, program.cohorts["spring"], TODAY, earlier="replace")
        submit_matches(publisher, proposal, github.Account(number=9, login="noor"))
    except Killed:
        return True
    return False


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("no token", "there is no token for GitHub: set GITHUB_TOKEN"),
        ("no pulls", f"Actions may not open pull requests in {HOME}: allow it"),
        ("no", f"the token may not do this in {HOME}"),
        ("slow down", "GitHub asks to wait 7 seconds"),
        ("502", "GitHub has an internal error"),
    ],
)
def test_trouble_is_a_sentence(
    life: Life, hub: StandIn, monkeypatch: pytest.MonkeyPatch, what, said: str
) -> None:
    if what == "no token":
        monkeypatch.delenv("GITHUB_TOKEN")
    else:
        part = "/pulls" if what == "no pulls" else ""
        hub.faults = lambda number, method, path: (
            what if method == "POST" and part in path else None
        )
    found = life.match()
    assert found.exit_code == 1 and said in found.stderr and "Traceback" not in found.output


@pytest.mark.parametrize("option", ["--circles", "--candidates", "--for=ada"])
def test_it_has_no_other_way_of_matching(life: Life, option: str) -> None:
    found = life.match(option)
    assert found.exit_code == 2 and "No such option" in found.stderr
    assert life.hub.requests == []


def test_a_file_that_cannot_be_read_is_mended_first(life: Life) -> None:
    life.commit({"content/participants/cem.yml": "id: [cem\n"})
    found = life.match()
    assert found.exit_code == 1 and "some files must be corrected first" in found.stderr
    assert life.repository.issues == {}


def test_a_cohort_that_is_not_there_is_told_the_nearest(life: Life) -> None:
    line = ["-C", str(life.commits.folder), "match", "sprnig", "--pull-request"]
    found = CliRunner().invoke(peerloom, line)
    assert found.exit_code == 2 and "did you mean 'spring'?" in found.stderr
