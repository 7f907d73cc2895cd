"""Calls for help in pull requests: coordinators are told alone and at once, others nothing."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

import folder
from attacks.pull_requests import BASE, CIRCLE, PERSON, TODAY, Reviewer
from peerloom import review as reviews
from peerloom.cli.command import peerloom
from peerloom.intake import ImportOptions, import_pairs
from peerloom.program import load
from peerloom.progress.calls import list_asks
from peerloom.review import with_texts
from peerloom.review.similar_names import is_similar_to_any
from peerloom.signals import find_signals
from pull_request_of_grace import ANSWER, CLEAN, HOME, PullRequestOfGrace, comments, labels
from sent_forms import CHECK_IN, FormsOnGitHub
from stand_in import StandIn
from stand_in.server import Repository

PRIVATE = "reading-circle/coordinators"
CALL = CLEAN + "support_wanted: true\nsupport_note: I do not feel safe, @grace.\n"
TOLD = f"coordinators_repository: {PRIVATE}\n"


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    with StandIn(HOME, PRIVATE) as hub:
        for key, value in hub.environment.items():
            monkeypatch.setenv(key, value)
        yield hub


def told(hub: StandIn) -> list[dict]:
    return list(hub.repositories[PRIVATE].issues.values())


def test_a_call_is_told_where_only_coordinators_read_and_nothing_of_it_elsewhere(
    tmp_path: Path, hub: StandIn
) -> None:
    proposed = PullRequestOfGrace(tmp_path, hub, f"when clean\n{TOLD.strip()}")
    result = proposed.review(CALL)
    assert result.exit_code == 0
    (issue,) = told(hub)
    assert issue["title"] == (
        "Grace Example needs a coordinator: Ada Example and Grace Example, "
        "check-in of 9 February 2026"
    )
    assert "I do not feel safe" in issue["body"]
    assert "@grace" not in issue["body"]
    (comment,) = comments(hub)
    assert "A coordinator merges it; there is nothing more for you to do." in comment
    assert labels(hub) == {"check-in"}
    status = hub.repositories[HOME].statuses[-1][1]
    assert status["description"] == "the rules hold; received 2026-02-09"
    assert hub.repositories[HOME].merged == []
    assert "safe" not in comment + result.output
    proposed.review(CALL)
    assert len(told(hub)) == 1


def test_a_call_that_changes_opens_its_issue_again(tmp_path: Path, hub: StandIn) -> None:
    proposed = PullRequestOfGrace(tmp_path, hub, f"by hand\n{TOLD.strip()}")
    proposed.review(CALL)
    told(hub)[0]["state"] = "closed"
    proposed.review(CALL)
    assert told(hub)[0]["state"] == "closed"
    proposed.review(CALL.replace("safe", "safe at all"))
    (issue,) = told(hub)
    assert issue["state"] == "open"
    assert "safe at all" in issue["body"]


@pytest.mark.parametrize("answer", [CALL, CLEAN])
def test_a_repository_that_is_not_private_is_told_nothing_and_the_run_says_so_of_any_check_in(
    tmp_path: Path, hub: StandIn, answer: str
) -> None:
    hub.repositories[PRIVATE].settings.private = False
    result = PullRequestOfGrace(tmp_path, hub, f"by hand\n{TOLD.strip()}").review(answer)
    assert result.exit_code == 1
    assert result.stderr == (
        "peerloom: coordinators cannot be told anything: the repository that "
        "'coordinators_repository' names is missing, is not private, or COORDINATORS_TOKEN may "
        "not write issues in it\n"
    )
    assert told(hub) == []
    assert len(comments(hub)) == 1


def test_without_a_repository_of_their_own_nothing_is_told_in_public(
    tmp_path: Path, hub: StandIn
) -> None:
    hub.repositories = {HOME: hub.repositories[HOME], PRIVATE: Repository()}
    result = PullRequestOfGrace(tmp_path, hub).review(CALL)
    assert result.exit_code == 0
    assert told(hub) == []
    assert "safe" not in "".join(comments(hub)) + result.output


def test_a_call_in_a_file_that_cannot_be_read_is_told_too(tmp_path: Path, hub: StandIn) -> None:
    PullRequestOfGrace(tmp_path, hub, f"by hand\n{TOLD.strip()}").review(CALL + "met: [\n")
    assert len(told(hub)) == 1


@pytest.mark.parametrize(
    "file",
    [
        ANSWER.replace("ada-grace/", "ada-bob/"),
        ANSWER.replace("-grace.yml", "-ada.yml"),
        ANSWER.replace("-grace.yml", "-Grace.yml"),
        ANSWER.replace("2026-02-09-", ""),
        ANSWER.replace("2026-02-09", "2026-02-10"),
    ],
)
def test_a_call_in_a_file_of_a_wrong_name_is_told_too(
    tmp_path: Path, hub: StandIn, file: str
) -> None:
    proposed = PullRequestOfGrace(tmp_path, hub, f"by hand\n{TOLD.strip()}")
    proposed.review(CALL, path=file)
    (issue,) = told(hub)
    assert issue["title"].startswith("Grace Example needs a coordinator")
    assert "safe" not in "".join(comments(hub))


@pytest.mark.parametrize(
    "words",
    [
        *("He hit me.", "I am scared of him", "he abuses me", "I was raped", "I do not feel safe"),
        *("I want to kill myself.", "suicidal thoughts", "racist remarks", "he touched me"),
        *("Ich habe Angst vor ihm", "tengo miedo", "J'ai peur", "ho paura", "abus"),
        "bela\u0308stigt",
    ],
)
def test_words_of_danger_keep_a_check_in_from_merging_itself_and_are_told(words: str) -> None:
    program = BASE["content/program.yml"].replace("visibility: private", "visibility: public")
    reviewer = Reviewer(BASE | {"content/program.yml": f"{program}merge: when clean\n{TOLD}"})
    day = ANSWER.replace("02-09", "02-23")
    plain = CLEAN.replace("02-09", "02-23")
    sent = reviewer.review({day: f"{plain}next_steps: {words}\n"}, "grace", date(2026, 2, 23))
    assert len(sent.calls) == 1 and not sent.merges_itself
    sent = reviewer.review(
        {day: f"{plain}next_steps: {words}\nmet: [\n"}, "grace", date(2026, 2, 23)
    )
    assert len(sent.calls) == 1


@pytest.mark.parametrize(
    "words",
    [
        *("Grape and drapes", "A killer feature", "Hit rate, metrics"),
        *("I am afraid that I will be late", "The backups are not safe", "the form frightens me"),
        "The deadline is a threat to our plan",
    ],
)
def test_other_words_are_no_call(words: str) -> None:
    assert list_asks({"next_steps": words}) == ()


def test_a_stranger_cannot_call_for_another(tmp_path: Path, hub: StandIn) -> None:
    PullRequestOfGrace(tmp_path, hub, f"by hand\n{TOLD.strip()}").review(CALL, number="666")
    assert told(hub) == []


def test_to_exclude_ones_mentor_goes_in_and_only_coordinators_learn_of_whom() -> None:
    reviewer = Reviewer(BASE | {"content/program.yml": BASE["content/program.yml"] + TOLD})
    grace = PERSON.format("grace")
    found = reviewer.review({grace: BASE[grace] + "excluded: [ada]\n"}, "grace")
    assert found.verdict == "may merge"
    assert "Ada" not in reviews.review_as_markdown(found)
    (call,) = found.calls
    assert "no longer wants to be matched with the other person of the pair" in call.text


def test_an_excluded_partner_is_the_first_thing_that_needs_a_coordinator(tmp_path: Path) -> None:
    grace = "content/participants/grace.yml"
    files = folder.MINIMAL | {grace: folder.MINIMAL[grace] + "excluded: [ada]\n"}
    first = find_signals(load(folder.write(tmp_path, files)).program, date(2026, 1, 20))[0]
    assert (first.id, first.urgency, first.people) == ("excluded", 3, ("grace",))


def test_a_call_is_not_lost_when_a_later_check_in_says_nothing_of_it(tmp_path: Path) -> None:
    later = ANSWER.replace("02-09", "02-23")
    files = {
        ANSWER: CALL,
        later: CLEAN.replace("02-09", "02-20").replace("due: 2026-02-20", "due: 2026-02-23"),
    }
    program = load(folder.write(tmp_path, folder.MINIMAL | files)).program
    kinds = {s.id: s.why for s in find_signals(program, date(2026, 2, 22))}
    assert kinds["support"].startswith("Grace Example asked for your help on 9 February")
    # It is open until a coordinator has done something about it.
    assert "support" in {s.id for s in find_signals(program, date(2026, 3, 20))}


def test_no_sheet_makes_a_pair_of_whom_one_excluded_the_other(tmp_path: Path) -> None:
    grace = "content/participants/grace.yml"
    files = folder.MINIMAL | {grace: folder.MINIMAL[grace] + "excluded: [ada]\n"}
    del files["content/pairs/spring/ada-grace.yml"]
    root = folder.write(tmp_path, files)
    options = ImportOptions(cohort="spring", today=date(2026, 1, 20))
    sheet = b"Mentor,Mentee\nAda Example,Grace Example\n"
    assert import_pairs(sheet, root, load(root).program, options).changes == {}


@pytest.mark.parametrize(
    ("name", "is_like"),
    [
        ("ADA  LOVELACE", True),
        ("\u0410da Lovel\u0430ce", True),
        ("Ada Love1ace", True),
        ("\u13aada \u13deovelace", True),  # Cherokee
        ("Ada \uabaeovelace", True),  # the same, small
        ("Ad@ Lov3l@ce", True),
        ("Ad@ Lov3lac3 2", True),
        ("Ada Lovelace!", True),
        ("Ada Lovelace 3", True),
        ("Lovelace, \u00c1da", True),
        ("ada-lovelace-2", True),
        ("Ada King", False),
        ("Ad Lovelace", False),
    ],
)
def test_a_name_is_like_another_as_a_reader_sees_it(name: str, is_like: bool) -> None:
    assert is_similar_to_any(name, ["Grace Hopper", "Ada Lovelace"]) == is_like


def test_a_facilitator_keeps_the_past_of_a_circle_and_a_member_does_not() -> None:
    reviewer = Reviewer(BASE)
    changed = {CIRCLE: BASE[CIRCLE].replace("We began.", "We quarreled.")}
    assert reviewer.review(changed, "bob").verdict == "may merge"
    assert reviewer.review(changed, "dee").verdict == "needs a coordinator"


def test_a_check_in_that_came_before_makes_no_past_meeting_of_a_circle_one_to_come() -> None:
    """It does not say when the rest of its pull request came in."""
    reviewer = Reviewer(BASE)
    topic = BASE[CIRCLE].replace("topic: Going on", "topic: Nothing")
    proposed = with_texts(reviewer.unchanged, {CIRCLE: topic})
    came = date(2026, 2, 10)
    found = reviews.review_pull_request(proposed, "dee", 6, TODAY, reviewer.loaded, received=came)
    assert found.verdict == "needs a coordinator"


def test_a_call_that_no_review_told_is_told_by_the_daily_run_and_once(
    tmp_path: Path, hub: StandIn
) -> None:
    program = folder.MINIMAL["content/program.yml"] + TOLD
    call = CALL.replace("2026-02-09\nmet", "2026-02-10\nmet")
    files = {"content/program.yml": program, ANSWER: call}
    root = folder.write(tmp_path, folder.MINIMAL | files)
    for day in ("2026-02-10", "2026-02-11", "2026-02-25"):
        command = ["-C", str(root), "remind", "--apply", "--pace", "0", "--today", day]
        assert CliRunner().invoke(peerloom, command).exit_code == 0
    told_of = [issue for issue in told(hub) if "needs a coordinator" in issue["title"]]
    assert len(told_of) == 1


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("first-package: +1", "frist-package: +1"),  # no record can be made of it
        ("2026-02-05, 45, remote", "2027-02-05, 45, remote"),  # what is made is refused
        ("We met", "We met"),
    ],
)
def test_a_call_by_a_form_is_told_whatever_becomes_of_the_answers(
    tmp_path: Path, hub: StandIn, old: str, new: str
) -> None:
    life = FormsOnGitHub(tmp_path, hub)
    program = folder.MINIMAL["content/program.yml"] + TOLD
    life.commits.commit("main", {"content/program.yml": program}, "main")
    body = CHECK_IN.replace("Write `tests`, and ask @noor.", "I am afraid of them.")
    issue = life.send(body.replace(old, new))
    for _ in range(2):
        said = life.propose().output
        (call,) = told(hub)
        assert call["title"].startswith("Grace Example needs a coordinator")
        assert ("has something to correct" in said) == (old != new)
    assert "afraid" not in "".join(life.comments(issue)) + said
    hub.repositories[PRIVATE].settings.private = False
    life.edit(issue, body.replace(old, "We did not meet"))
    result = life.propose()
    assert "coordinators cannot be told anything" in result.stderr
    assert life.comments(issue)
