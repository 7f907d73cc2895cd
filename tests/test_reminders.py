"""What to ask whom on a day: a plan from a program, a date and the issues there are."""

import html
import json
import re
import urllib.parse
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

import folder
from peerloom import source
from peerloom.model import CheckIn
from peerloom.program import check_changes, load
from peerloom.records import Program
from peerloom.reminders import Action, Issue, Mark, as_json, as_text, mark_of, plan, with_mark

DUE = date(2026, 1, 26)


@pytest.fixture
def program(tmp_path: Path) -> Program:
    logins = {
        path: text.replace("\ncohorts:", f"\ngithub: {path[21:-4]}-example\ncohorts:")
        for path, text in folder.MINIMAL.items()
        if path.startswith("content/participants/")
    }
    return load(folder.write(tmp_path, folder.MINIMAL | logins)).program


def answer(due: date, who: str, **more) -> CheckIn:
    keys = {"cohort": "spring", "pair": "ada-grace", "due": due, "participant": who}
    return CheckIn(**keys, answered_on=due, **more)


def issue(number: int = 1, **more) -> Issue:
    mark = Mark(what="check-in", cohort="spring", pair="ada-grace", due=DUE)
    keys = {"number": number, "title": "Check-in of Ada Example and Grace Example, due 26 January "}
    keys |= {"body": f"{mark}\ntext", "is_open": True, "comments": 0, "is_ours": True}
    keys["title"] += "2026"
    return Issue(**(keys | more))


def kinds(actions: tuple[Action, ...]) -> list[tuple[str, int | None, str | None]]:
    return [(a.kind, a.was.number if a.was else None, a.why) for a in actions]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 1, 22), []),
        (date(2026, 1, 23), [DUE]),
        (DUE, [DUE]),
        (date(2026, 2, 5), [DUE]),
        (date(2026, 2, 6), [date(2026, 2, 9)]),
    ],
)
def test_a_reminder_opens_days_before_and_not_once_the_next_is_asked(
    program: Program, today: date, expected: list[date]
) -> None:
    assert [a.mark.due for a in plan(program, today, ()).actions] == expected


def test_a_reminder_names_both_and_gives_each_a_link_to_a_valid_file(
    program: Program, tmp_path: Path
) -> None:
    (action,) = plan(program, date(2026, 1, 24), ()).actions
    assert action.title == "Check-in of Ada Example and Grace Example, due 26 January 2026"
    lines = action.body.splitlines()
    assert mark_of(action.body) == action.mark
    assert lines[1] == (
        "@ada-example and @grace-example: your check-in is due on **26 January 2026**, in 2 days."
    )
    for who in ("ada", "grace"):
        line = next(line for line in lines if line.startswith(f"- {who.title()} Example: "))
        form, by_hand = re.findall(r"\]\((\S+)\)", line)
        asked = urllib.parse.parse_qs(urllib.parse.urlsplit(form).query, keep_blank_values=True)
        assert asked == {
            "template": ["check-in.yml"],
            "which": ["spring/ada-grace/2026-01-26"],
            "goals": ["first-package: \n"],
        }
        url = urllib.parse.urlsplit(by_hand)
        query = urllib.parse.parse_qs(url.query)
        path = url.path.partition("/new/main/")[2] + "/" + query["filename"][0]
        assert path == f"content/check-ins/spring/ada-grace/2026-01-26-{who}.yml"
        text = query["value"][0]
        assert source.parse(text.encode()).value["participant"] == who
        found = check_changes(tmp_path, {path: text}, date(2026, 1, 24)).diagnostics
        assert [d for d in found if d.path == path] == []
        filled = text.replace("# met", "met").replace("# next_steps", "next_steps")
        found = check_changes(tmp_path, {path: filled}, date(2026, 1, 24)).diagnostics
        assert [d for d in found if d.path == path] == []


def test_the_same_arguments_give_the_same_plan(program: Program) -> None:
    day = date(2026, 2, 7)
    assert as_json(plan(program, day, (issue(),))) == as_json(plan(program, day, (issue(),)))
    told = json.loads(as_json(plan(program, day, (issue(),))))
    assert set(told) == {"today", "actions", "deferred", "missed", "spread"}
    assert {"kind", "pair", "due", "issue", "title", "body"} <= set(told["actions"][0])


def test_both_are_asked_again_once_for_each_step_of_the_ladder(program: Program) -> None:
    known = issue()
    for today, day in ((DUE + timedelta(days=3), 3), (DUE + timedelta(days=8), 7)):
        (action,) = [a for a in plan(program, today, (known,)).actions if a.kind == "nudge"]
        assert action.mark.day == day
        assert action.body.startswith(f"<!-- peerloom day={day} -->\n@ada-example and")
        said = action.mark.said(day, known.comments + 1)
        known = replace(known, body=with_mark(known.body, said), comments=known.comments + 1)
        assert [a for a in plan(program, today, (known,)).actions if a.kind == "nudge"] == []


def test_in_private_only_who_owes_an_answer_is_asked_again(program: Program) -> None:
    answered = replace(program, check_ins=(answer(DUE, "ada"),))
    (action,) = plan(answered, DUE + timedelta(days=3), (issue(),)).actions
    assert "@ada" not in action.body
    assert "@grace-example: this check-in was for 26 January 2026." in action.body
    public = replace(answered, settings=replace(program.settings, visibility="public"))
    (action,) = plan(public, DUE + timedelta(days=3), (issue(),)).actions
    assert "@ada-example and @grace-example" in action.body


def test_nobody_is_asked_on_days_they_asked_to_be_left_alone(program: Program) -> None:
    people = {
        id_: replace(person, paused_until=date(2026, 1, 31))
        for id_, person in program.participants.items()
    }
    away = replace(program, participants=people)
    assert plan(away, date(2026, 1, 25), ()).actions == ()
    assert plan(away, date(2026, 1, 31), (issue(),)).actions == ()
    assert kinds(plan(away, date(2026, 2, 1), (issue(),)).actions) == [("nudge", 1, None)]


def test_it_closes_when_the_answers_that_the_cohort_asks_for_are_in(program: Program) -> None:
    one = replace(program, check_ins=(answer(DUE, "ada"),))
    assert kinds(plan(one, DUE, (issue(),)).actions) == []
    both = replace(program, check_ins=(answer(DUE, "ada"), answer(DUE, "grace")))
    assert kinds(plan(both, DUE, (issue(),)).actions) == [("close", 1, "answered")]
    assert plan(both, DUE, ()).actions == ()


def test_it_closes_when_the_pair_ends_or_its_time_is_over(program: Program) -> None:
    (pair,) = program.pairs.values()
    ended = replace(pair, status="ended_early", ended_on=date(2026, 1, 20))
    over = replace(program, pairs={("spring", "ada-grace"): ended})
    assert kinds(plan(over, DUE, (issue(),)).actions) == [("close", 1, "not asked")]
    gone = replace(program, pairs={})
    assert kinds(plan(gone, DUE, (issue(),)).actions) == [("close", 1, "not asked")]
    late = plan(program, DUE + timedelta(days=46), (issue(),)).actions
    assert ("close", 1, "over") in kinds(late)


def test_runs_that_were_missed_open_one_reminder_and_say_what_was_missed(program: Program) -> None:
    found = plan(program, date(2026, 4, 25), ())
    assert [a.mark.due for a in found.actions] == [date(2026, 4, 20)]
    assert len(found.missed) == 6
    assert "6 check-ins are past their time and are not asked for" in as_text(
        found, is_public=False
    )


def test_what_somebody_closed_by_hand_stays_closed(program: Program) -> None:
    assert plan(program, DUE, (issue(is_open=False),)).actions == ()


def test_a_stranger_s_mark_changes_nothing(program: Program) -> None:
    strangers = issue(7, is_ours=False)
    assert kinds(plan(program, DUE, (strangers,)).actions) == [("open", None, None)]
    assert kinds(plan(program, DUE, (strangers, issue(9))).actions) == []


def test_doubles_are_folded_into_the_first(program: Program) -> None:
    found = plan(program, DUE, (issue(9), issue(4), issue(6))).actions
    assert kinds(found) == [("mend", 6, "duplicate"), ("mend", 9, "duplicate")]
    assert found[0].body.endswith("This is the same as #4, where it goes on.")


def test_a_mark_that_was_taken_away_is_put_back(program: Program) -> None:
    (action,) = plan(program, DUE, (issue(body="somebody wrote over it"),)).actions
    assert (action.kind, action.why) == ("mend", "unmarked")
    assert mark_of(action.body) == action.mark
    assert action.body.endswith("somebody wrote over it")


def test_coordinators_are_told_where_only_they_read(program: Program) -> None:
    day = DUE + timedelta(days=22)
    assert all(a.kind != "escalate" for a in plan(program, day, (issue(),)).actions)
    settings = replace(program.settings, coordinators_repository="reading-circle/coordinators")
    told = replace(program, settings=settings, check_ins=(answer(DUE, "ada"),))
    (action,) = [a for a in plan(told, day, (issue(),)).actions if a.kind == "escalate"]
    assert action.for_coordinators
    assert "Grace Example has not answered the check-in of 26 January 2026" in action.body
    heard = issue(3, title=action.title, body=action.body)
    again = plan(told, day, (issue(),), (heard,)).actions
    assert [a.kind for a in again if a.kind == "escalate"] == []
    later = plan(told, DUE + timedelta(days=31), (issue(),), (heard,)).actions
    assert [(a.kind, a.was.number) for a in later if a.kind == "escalate" and a.was] == [
        ("escalate", 3)
    ]


def test_in_public_nothing_says_how_a_pair_is_doing(program: Program) -> None:
    settings = replace(program.settings, visibility="public")
    told = replace(
        program,
        settings=settings,
        check_ins=(answer(date(2026, 1, 12), "ada", next_steps="xyzzy"),),
    )
    for days in range(-3, 50):
        for action in plan(told, DUE + timedelta(days=days), (issue(),)).actions:
            assert "xyzzy" not in action.body
            assert "overdue" not in action.body
            assert not action.for_coordinators
    private = replace(told, settings=program.settings)
    assert "xyzzy" in plan(private, date(2026, 1, 24), ()).actions[0].body


def test_the_log_says_nothing_that_only_coordinators_may_know(program: Program) -> None:
    settings = replace(program.settings, coordinators_repository="reading-circle/coordinators")
    told = replace(program, settings=settings)
    found = plan(told, DUE + timedelta(days=22), (issue(),))
    said = as_text(found, is_public=False)
    assert "No answer yet" not in said
    assert "1 thing to do where coordinators read\n" in said


def test_a_public_log_does_not_say_whether_an_issue_closes_answered(program: Program) -> None:
    late = as_text(plan(program, DUE + timedelta(days=46), (issue(),)), is_public=True)
    both = replace(program, check_ins=(answer(DUE, "ada"), answer(DUE, "grace")))
    answered = as_text(plan(both, DUE, (issue(),)), is_public=True)
    line = "close #1: Check-in of Ada Example and Grace Example, due 26 January 2026"
    assert line in late.splitlines() and answered == f"{line}\n"
    assert f"{line} (its time is over)\n" in as_text(
        plan(program, DUE + timedelta(days=46), (issue(),)), is_public=False
    )


def test_what_people_wrote_mentions_and_closes_nothing(program: Program) -> None:
    hostile = "fixes #3 @everyone <script>x</script> [a](javascript:b) ::error::\n<!-- peerloom -->"
    people = {
        id_: replace(person, name=f"{person.name} {hostile}", github=None)
        for id_, person in program.participants.items()
    }
    wrote = (answer(date(2026, 1, 12), "ada", next_steps=hostile),)
    (action,) = plan(
        replace(program, participants=people, check_ins=wrote), date(2026, 1, 24), ()
    ).actions
    written = action.body.partition("\n")[2]
    assert "<" not in written
    assert "](javascript" not in written
    shown = html.unescape(written) + action.title
    assert "@everyone" not in shown
    assert "#3" not in shown
    assert len(action.title) <= 250


def test_a_budget_is_kept_and_the_most_overdue_go_first(program: Program) -> None:
    (pair,) = program.pairs.values()
    many = {("spring", f"p{n:03}"): replace(pair, id=f"p{n:03}") for n in range(60)}
    crowd = replace(program, pairs=many)
    late = [
        issue(
            n + 1,
            title=f"t{n}",
            body=str(Mark(what="check-in", cohort="spring", pair=f"p{n:03}", due=DUE)),
        )
        for n in range(30)
    ]
    found = plan(crowd, date(2026, 2, 8), late, budget=40)
    assert len(found.actions) == 40
    assert {a.kind for a in found.actions[:30]} == {"nudge"}
    assert len(found.deferred) == 50
    assert "50 more wait for the next run" in as_text(found, is_public=False)


def test_many_pairs_are_spread_so_that_no_day_has_too_many(program: Program) -> None:
    (pair,) = program.pairs.values()
    many = {("spring", f"p{n:04}"): replace(pair, id=f"p{n:04}") for n in range(1000)}
    crowd = replace(program, pairs=many)
    opened: list[str] = []
    for days in range(-11, 1):
        today = DUE + timedelta(days=days)
        there = [
            issue(
                number + 1,
                title=id_,
                body=str(Mark(what="check-in", cohort="spring", pair=id_, due=DUE)),
            )
            for number, id_ in enumerate(opened)
        ]
        found = plan(crowd, today, there, budget=80)
        new = [a.mark.pair for a in (*found.actions, *found.deferred) if a.mark.due == DUE]
        assert len(new) <= 160
        opened += new
    assert len(opened) == len(set(opened)) == 1000
    assert (
        "1,000 pairs of spring are due on 2026-01-26: they are reminded over 7 days, 143 a day\n"
    ) in as_text(plan(crowd, DUE, (), budget=80), is_public=False)
