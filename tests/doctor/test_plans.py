"""What GitHub's plans allow is one table: the page, and the lines that concern a repository."""

from pathlib import Path

import pytest

from peerloom.doctor import Facts, find_setup, list_limits
from peerloom.doctor.plans import PLAN_ROWS, SETUPS, plans_as_markdown

PAGE = Path(__file__).parents[2] / "docs/plans.md"


def _facts(**changes: object) -> Facts:
    given = {"name": "a/b", "visibility": "private", "default_branch": "main"}
    return Facts(**(given | {"has_issues": True, "is_archived": False} | changes))


def test_the_page_of_plans_is_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == plans_as_markdown(), (
        "write docs/plans.md again: python -c 'from peerloom.doctor.plans import "
        'plans_as_markdown as p; print(p(), end="")\' > docs/plans.md'
    )


def test_every_row_says_something_of_every_plan_and_has_a_free_way() -> None:
    for row in PLAN_ROWS:
        assert list(row.facts) == list(SETUPS), row.what
        assert row.free_way


def test_what_is_not_verified_says_so_wherever_it_is_shown() -> None:
    unsure = [fact for row in PLAN_ROWS for fact in row.facts.values()]
    unsure = [fact for fact in unsure if fact.sureness == "not verified"]
    assert unsure and all(str(fact).endswith("(not verified)") for fact in unsure)


@pytest.mark.parametrize(
    ("changes", "setup"),
    [
        ({"visibility": "public", "is_personal": True}, "public"),
        ({"is_personal": True}, "personal"),
        ({"plan": "free"}, "free organization"),
        ({"plan": "team"}, "Team"),
        ({"plan": "enterprise"}, "Enterprise"),
        ({"needs_plan": True}, "free organization"),
        ({}, None),
    ],
)
def test_the_plan_is_known_as_far_as_github_tells(changes: dict, setup: str | None) -> None:
    assert find_setup(_facts(**changes)) == setup


def test_only_what_this_plan_withholds_is_listed() -> None:
    free = [line.partition(":")[0] for line in list_limits(_facts(plan="free", needs_plan=True))]
    assert "CODEOWNERS" in free and "People who can read, and not write" not in free
    personal = list(list_limits(_facts(is_personal=True, needs_plan=True)))
    assert any("whoever is invited can write" in line for line in personal)
    assert list(list_limits(_facts())) == []


def test_what_github_shows_to_be_there_is_no_limit() -> None:
    facts = _facts(plan="free", allows_forking=True, may_open_pull_requests=True)
    listed = [line.partition(":")[0] for line in list_limits(facts)]
    assert listed == [
        "Pages that only members can read",
        "Secrets of the organization",
        "Minutes of Actions in a month",
    ]
