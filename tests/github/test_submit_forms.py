"""What people send by a form becomes a pull request, reviewed in the same run, and merged."""

from pathlib import Path

import pytest

from dying_client import DyingClient, Killed, list_requests_to_lose
from peerloom import source
from peerloom.github.submit_forms import list_waiting_issues, submit_form
from peerloom.github_names import CHECK_IN_LABEL, TWICE_A_DAY_LABEL
from peerloom.issue_forms.replies import REPLY_MARK
from program_on_github import HOME
from sent_forms import ANSWER, CHECK_IN, FormsOnGitHub
from stand_in import Fault, StandIn


@pytest.fixture
def life(tmp_path: Path, hub: StandIn) -> FormsOnGitHub:
    return FormsOnGitHub(tmp_path, hub)


def test_from_an_issue_to_main(life: FormsOnGitHub) -> None:
    issue = life.send()
    found = life.propose(str(issue))
    assert found.exit_code == 0 and found.output == "#1 is pull request #2\n"
    assert life.open_pulls == [2]
    pull = life.repository.issues[2]
    assert pull["title"] == "Grace Example's check-in of 9 February"
    assert pull["body"].startswith("Closes #1.")
    assert {label["name"] for label in pull["labels"]} == {"check-in"}
    sha, status = life.repository.statuses[-1]
    assert status["state"] == "success"
    assert sha == life.commits.git("rev-parse", "issue-1")
    assert life.commits.git("diff", "--name-only", "main", "issue-1") == ANSWER
    author = life.commits.git("log", "-1", "--format=%an %ae", "issue-1")
    assert author == "Grace Example 3+grace@users.noreply.github.com"
    (answer,) = life.comments(1)
    assert answer.startswith(REPLY_MARK) and "as #2" in answer
    (said,) = life.comments(2)
    assert "Your check-in has arrived" in said and sha[:10] in said
    life.hub.merge(HOME, 2)
    assert life.repository.issues[1]["state"] == "closed"
    assert life.read_record(ANSWER)["next_meeting"] == "2026-02-23"
    assert life.propose().output == "#1 is closed\n"
    assert life.repository.origin.refs("heads/issue-") == {}


def test_what_somebody_withdraws_by_a_form_is_in_their_record_after_the_merge(
    life: FormsOnGitHub,
) -> None:
    issue = life.send("### What you withdraw\n\nEverything that I agreed to\n")
    found = life.propose(str(issue))
    assert (found.exit_code, found.output) == (0, "#1 is pull request #2\n")
    (answer,) = life.comments(1)
    assert "What you withdraw has arrived" in answer
    assert life.repository.statuses[-1][1]["state"] == "success"
    life.hub.merge(HOME, 2)
    consent = life.read_record("content/participants/grace.yml")["consent"]
    assert consent["withdrawn"] == {"everything": "2026-02-09"}
    assert life.propose().output == "#1 is closed\n"


def test_a_second_run_changes_nothing(life: FormsOnGitHub) -> None:
    life.send()
    life.propose()
    before, written = life.state(), life.hub.count("POST") + life.hub.count("PATCH")
    life.propose()
    assert life.state() == before
    again = life.hub.count("POST") + life.hub.count("PATCH") - written
    assert again == 1  # the status, which is the same


def test_a_stranger_s_pull_request_at_the_same_commit_changes_nothing(life: FormsOnGitHub) -> None:
    issue = life.send()
    life.propose()
    head, before = life.repository.statuses[-1]
    life.hub.pull_as(("mallory", 666), HOME, head)
    life.propose()
    assert life.repository.statuses[-1] == (head, before)
    assert before["target_url"].endswith("/pull/2")
    life.edit(issue, CHECK_IN.replace("2026-02-23", "soon"))
    life.propose()
    assert life.repository.statuses[-1][1]["state"] == "failure"
    assert life.repository.statuses[-1][1]["target_url"].endswith("/pull/2")


def test_what_may_merge_itself_is_left_to_a_job_of_the_workflow(
    tmp_path: Path, hub: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    life = FormsOnGitHub(tmp_path, hub, "when clean")
    output = tmp_path / "output"
    monkeypatch.setenv("GITHUB_OUTPUT", str(output))
    life.send()
    life.propose()
    head = life.repository.statuses[-1][0]
    assert output.read_text() == f"merge=2:{head}\n"
    assert life.repository.merged == [] and life.open_pulls == [2]


def test_an_edit_renews_what_is_proposed(life: FormsOnGitHub) -> None:
    issue = life.send(CHECK_IN.replace("2026-02-23", "soon"))
    life.propose()
    assert life.repository.pulls == {}
    assert "Next meeting" in life.comments(issue)[0] and "Nearly there" in life.comments(issue)[0]
    life.edit(issue, CHECK_IN)
    life.propose()
    assert life.open_pulls == [2]
    assert "has arrived" in life.comments(issue)[0]
    life.edit(issue, CHECK_IN.replace("2026-02-23", "2026-02-24"))
    life.propose()
    assert life.open_pulls == [2] and len(life.comments(issue)) == 1
    assert "2026-02-24" in life.commits.git("show", f"issue-1:{ANSWER}")


def test_what_was_right_and_is_edited_wrong_may_not_be_merged(life: FormsOnGitHub) -> None:
    issue = life.send()
    life.propose()
    life.edit(issue, CHECK_IN.replace("2026-02-23", "soon"))
    life.propose()
    sha, status = life.repository.statuses[-1]
    assert status["state"] == "failure" and sha == life.commits.git("rev-parse", "issue-1")


def test_where_forms_are_read_twice_a_day_a_reply_does_not_promise_more(
    tmp_path: Path, hub: StandIn
) -> None:
    life = FormsOnGitHub(tmp_path, hub, "by hand\nread_at_once_up_to: 0")
    issue = life.send(CHECK_IN.replace("2026-02-23", "soon"))
    life.label(issue, CHECK_IN_LABEL, TWICE_A_DAY_LABEL)
    life.propose()
    (refusal,) = life.comments(issue)
    assert "it is read again within a day" in refusal
    life.edit(issue, CHECK_IN.replace("2026-02-23", "2026-05-05, ж"))
    life.propose()
    assert "then read again" not in life.comments(issue)[0]
    life.edit(issue, CHECK_IN)
    assert life.propose().output == "#1 is pull request #2\n"


@pytest.mark.parametrize(("limit", "is_labeled"), [(150, True), (0, False)])
def test_a_reply_promises_what_the_workflow_does_for_an_issue_from_before_a_change_of_forms(
    tmp_path: Path, hub: StandIn, limit: int, is_labeled: bool
) -> None:
    """The workflow looks at the issue's label, whatever the forms say since then."""
    life = FormsOnGitHub(tmp_path, hub, f"by hand\nread_at_once_up_to: {limit}")
    issue = life.send(CHECK_IN.replace("2026-02-23", "soon"))
    life.label(issue, CHECK_IN_LABEL, *([TWICE_A_DAY_LABEL] if is_labeled else []))
    life.propose()
    (refusal,) = life.comments(issue)
    assert ("it is read again within a day" in refusal) is is_labeled
    assert ("it is then read again" in refusal) is not is_labeled


def test_the_rules_hold_for_forms_too(life: FormsOnGitHub) -> None:
    """A meeting in the future is refused by the rules, not by the form."""
    issue = life.send(CHECK_IN.replace("2026-02-05, 45", "2026-05-05, 45"))
    assert "has something to correct" in life.propose().output
    assert "meeting of 5 May 2026" in life.comments(issue)[0]
    assert life.repository.pulls == {}


def test_what_a_person_changed_on_the_branch_stays(life: FormsOnGitHub) -> None:
    issue = life.send()
    life.propose()
    by_hand = life.commits.commit("issue-1", {"content/pages/x.md": "x"}, "issue-1")
    life.edit(issue, CHECK_IN.replace("2026-02-23", "2026-02-24"))
    assert "changed by hand" in life.propose().output
    assert life.commits.git("rev-parse", "issue-1") == by_hand
    life.repository.issues[issue]["state"] = "closed"
    life.propose()
    assert life.commits.git("rev-parse", "issue-1") == by_hand


def test_what_a_coordinator_declined_is_not_asked_again(life: FormsOnGitHub) -> None:
    issue = life.send()
    life.propose()
    life.repository.issues[2]["state"] = "closed"
    assert "was already decided" in life.propose().output
    assert life.open_pulls == []
    life.edit(issue, CHECK_IN.replace("2026-02-23", "2026-02-24"))
    life.propose()
    assert life.open_pulls == [3]


def test_an_issue_that_is_taken_back_takes_its_pull_request_with_it(life: FormsOnGitHub) -> None:
    issue = life.send()
    life.propose()
    life.repository.issues[issue]["state"] = "closed"
    life.propose()
    assert life.open_pulls == [] and life.repository.origin.refs("heads/issue-") == {}


def test_what_is_in_already_closes(life: FormsOnGitHub) -> None:
    life.send()
    life.propose()
    life.hub.merge(HOME, 2)
    second = life.send()
    assert life.propose(str(second)).output == "#3 is merged, and closed\n"
    assert life.repository.issues[second]["state"] == "closed"


def test_a_clean_check_in_merges_itself_where_the_program_says_so(
    tmp_path: Path, hub: StandIn
) -> None:
    life = FormsOnGitHub(tmp_path / "clean", hub, "when clean")
    issue = life.send()
    life.propose()
    assert life.read_record(ANSWER)["met"] is True
    assert life.repository.issues[issue]["state"] == "closed"


def test_a_stranger_and_whoever_took_over_a_login_are_answered(life: FormsOnGitHub) -> None:
    stranger = life.send(login="mallory", number=66)
    taken_over = life.send(login="grace", number=67)
    life.propose()
    assert "no record of a participant" in life.comments(stranger)[0]
    assert "no record of a participant" in life.comments(taken_over)[0]
    assert life.repository.pulls == {}


def test_issues_that_no_form_made_are_left_alone(life: FormsOnGitHub) -> None:
    life.send("### Which check-in?\n\nnone of ours")
    life.send("The site is down")
    reminder = life.hub._opened(HOME, {"title": "x", "body": CHECK_IN}, life.hub.account)
    life.hub.open_as("ghost", 10137, HOME, "gone", "")
    life.repository.issues[4]["user"] = None
    assert life.propose().output == ""
    assert life.propose(str(reminder["number"])).output == "#3 was not made by a form\n"
    assert life.repository.comments == {}


def test_hostile_text_stays_text(life: FormsOnGitHub) -> None:
    text = "@everyone $(touch x) `id` <script>x</script> closes #1 ::set-output name=x::y"
    life.send(CHECK_IN.replace("Write `tests`, and ask @noor.", text))
    assert "::" not in life.propose().output
    assert (
        source.parse(life.commits.git("show", f"issue-1:{ANSWER}").encode()).value["next_steps"]
        == text
    )
    for said in life.comments(1) + life.comments(2) + [life.repository.issues[2]["title"]]:
        assert "@everyone" not in said and "closes #1 " not in said
        assert "<script" not in said.partition("```")[0]


@pytest.mark.parametrize("after", [False, True])
def test_wherever_a_run_dies_the_next_ends_in_the_same_state(
    tmp_path: Path, hub: StandIn, after: bool
) -> None:
    whole = FormsOnGitHub(tmp_path / "whole", hub)
    whole.send()
    whole.propose()
    wanted = whole.state()
    first = dies_at = 1 if after else 0  # the first request is refused, as Actions' token is
    while True:
        _forget(hub)
        life = FormsOnGitHub(tmp_path / f"{dies_at}", hub)
        life.send()
        if not _dies(life, dies_at, after=after):
            break
        life.propose()
        assert life.state() == wanted, dies_at
        dies_at += 1
    assert dies_at > first + 10


@pytest.mark.parametrize("fault", ["lost", "cut", "done and 502", "502"])
def test_whatever_answer_is_lost_the_next_run_ends_in_the_same_state(
    tmp_path: Path, hub: StandIn, fault: Fault
) -> None:
    whole = FormsOnGitHub(tmp_path / "whole", hub)
    whole.send()
    whole.propose()
    wanted = whole.state()
    for lost in list_requests_to_lose(hub, 0, fault):
        _forget(hub)
        life = FormsOnGitHub(tmp_path / f"{lost}", hub)
        life.send()
        first = len(hub.requests)
        hub.faults = lambda number, method, path, at=first + lost: fault if number == at else None
        life.propose()
        hub.faults = lambda number, method, path: None
        life.propose()
        assert life.state() == wanted, (lost, hub.requests[first + lost])


def _forget(hub: StandIn) -> None:
    hub.repositories[HOME] = type(hub.repositories[HOME])()


def _dies(life: FormsOnGitHub, at: int, *, after: bool) -> bool:
    """Whether a run died at a request."""
    client = DyingClient(life.hub, at, after=after)
    try:
        publisher = life.make_publisher(client)
        for number in list_waiting_issues(publisher):
            submit_form(publisher, number)
    except Killed:
        return True
    return False


def test_what_a_coordinator_adds_is_reviewed_as_the_sender_s(life: FormsOnGitHub) -> None:
    life.send()
    life.propose()
    head = life.commits.commit("issue-1", {"content/pages/x.md": "# x"}, "issue-1")
    found = life.review(2, head, "github-actions[bot]", 41898282)
    assert found.exit_code == 0, found.output
    sha, status = life.repository.statuses[-1]
    assert sha == head and "coordinator decides" in status["description"]


TROUBLE = {
    "no token": "there is no token for GitHub: set GITHUB_TOKEN",
    "wrong token": "GitHub does not accept the token: it is wrong or has expired",
    "no such repository": "somebody/elsewhere does not exist, has moved, or the token may not see",
    "issues off": f"issues are switched off in {HOME}: switch them on in its settings",
    "archived": f"{HOME} is archived, and nothing in it can change: unarchive it",
    "no access": f"the token may not do this in {HOME}",
    "no pull requests": f"Actions may not open pull requests in {HOME}: allow it",
    "down": "GitHub has an internal error; try again later, https://www.githubstatus.com lists",
}


@pytest.mark.parametrize("what", TROUBLE)
def test_trouble_is_a_sentence_and_the_next_run_mends_it(
    life: FormsOnGitHub, hub: StandIn, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    life.send(CHECK_IN.replace("2026-02-23", "soon"))
    match what:
        case "no token":
            monkeypatch.delenv("GITHUB_TOKEN")
        case "wrong token":
            monkeypatch.setenv("GITHUB_TOKEN", "wrong")
        case "no such repository":
            monkeypatch.setenv("GITHUB_REPOSITORY", "somebody/elsewhere")
        case "issues off":
            life.repository.has_issues = False
        case "archived":
            life.repository.is_archived = True
        case "no access":
            hub.faults = lambda number, method, path: "no" if method == "POST" else None
        case "no pull requests":
            life.edit(1, CHECK_IN)
            hub.faults = lambda number, method, path: (
                "no pulls" if method == "POST" and path.endswith("/pulls") else None
            )
        case "down":
            hub.faults = lambda number, method, path: "502"
    found = life.propose()
    assert found.exit_code == 1 and TROUBLE[what] in found.stderr
    assert "Traceback" not in found.output
    life.repository.has_issues, life.repository.is_archived = True, False
    hub.faults = lambda number, method, path: None
    for key, value in hub.environment.items():
        monkeypatch.setenv(key, value)
    assert life.propose().exit_code == 0 and len(life.comments(1)) == 1


def test_what_was_deleted_or_moved_away_takes_its_pull_request_with_it(life: FormsOnGitHub) -> None:
    issue = life.send()
    life.propose()
    del life.repository.issues[issue]
    assert life.propose().output == "#1 is closed\n"
    assert life.open_pulls == []


def test_without_a_repository_it_says_what_to_set(
    life: FormsOnGitHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_REPOSITORY")
    found = life.propose()
    assert found.exit_code == 2 and "GITHUB_REPOSITORY must be set" in found.stderr
