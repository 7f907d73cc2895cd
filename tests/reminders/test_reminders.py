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
from peerloom.reminders import (
    Action,
    Issue,
    Mark,
    plan_as_json,
    plan_as_text,
    plan_reminders,
    put_mark,
    read_mark,
)

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
    assert [a.mark.due for a in plan_reminders(program, today, ()).actions] == expected


def test_a_reminder_names_both_and_gives_each_a_link_to_a_valid_file(
    program: Program, tmp_path: Path
) -> None:
    (action,) = plan_reminders(program, date(2026, 1, 24), ()).actions
    assert action.title == "Check-in of Ada Example and Grace Example, due 26 January 2026"
    lines = action.body.splitlines()
    assert read_mark(action.body) == action.mark
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


def test_the_file_to_write_in_a_public_repository_asks_for_nothing_that_not_everybody_may_read(
    tmp_path: Path,
) -> None:
    files = folder.MINIMAL | {
        path: text.replace("visibility: private", "visibility: public")
        for path, text in folder.MINIMAL.items()
        if path == "content/program.yml"
    }
    root = folder.write(tmp_path, files)
    (action,) = plan_reminders(load(root).program, date(2026, 1, 24), ()).actions
    url = next(u for u in re.findall(r"\]\((\S+)\)", action.body) if "/new/main/" in u)
    query = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)
    text = query["value"][0].replace("\n# meetings", "\nmeetings").replace("\n#   -", "\n  -")
    assert "meetings:\n  - on:" in text
    assert "ratings" not in text
    path = f"content/check-ins/spring/ada-grace/{query['filename'][0]}"
    found = check_changes(root, {path: text}, date(2026, 1, 26)).diagnostics
    assert [d for d in found if d.path == path] == []


@pytest.mark.parametrize("due", [date.min, date.max])
def test_a_date_at_the_end_of_all_dates_is_no_trouble(program: Program, due: date) -> None:
    cohort = program.cohorts["spring"]
    assert cohort.check_ins is not None
    dates = replace(cohort.check_ins, every_weeks=None, dates=(due,))
    (pair,) = program.pairs.values()
    odd = replace(
        program,
        cohorts={"spring": replace(cohort, check_ins=dates, ends=max(due, DUE))},
        pairs={("spring", pair.id): replace(pair, started_on=date.min)},
    )
    assert plan_reminders(odd, DUE, ()).actions == ()
    assert [a.mark.due for a in plan_reminders(odd, due, ()).actions] == [due]


def test_the_same_arguments_give_the_same_plan(program: Program) -> None:
    day = date(2026, 2, 7)
    assert plan_as_json(plan_reminders(program, day, (issue(),))) == plan_as_json(
        plan_reminders(program, day, (issue(),))
    )
    told = json.loads(plan_as_json(plan_reminders(program, day, (issue(),))))
    assert set(told) == {"today", "actions", "deferred", "missed", "spread"}
    assert {"kind", "pair", "due", "issue", "title", "body"} <= set(told["actions"][0])


def test_both_are_asked_again_once_for_each_step_of_the_ladder(program: Program) -> None:
    known = issue()
    for today, day in ((DUE + timedelta(days=3), 3), (DUE + timedelta(days=8), 7)):
        (action,) = [
            a for a in plan_reminders(program, today, (known,)).actions if a.kind == "nudge"
        ]
        assert action.mark.day == day
        assert action.body.startswith(f"<!-- peerloom day={day} -->\n@ada-example and")
        said = action.mark.after_comment(day, known.comments + 1)
        known = replace(known, body=put_mark(known.body, said), comments=known.comments + 1)
        assert [
            a for a in plan_reminders(program, today, (known,)).actions if a.kind == "nudge"
        ] == []


def test_in_private_only_who_owes_an_answer_is_asked_again(program: Program) -> None:
    answered = replace(program, check_ins=(answer(DUE, "ada"),))
    (action,) = plan_reminders(answered, DUE + timedelta(days=3), (issue(),)).actions
    assert "@ada" not in action.body
    assert "@grace-example: this check-in was for 26 January 2026." in action.body
    public = replace(answered, settings=replace(program.settings, visibility="public"))
    (action,) = plan_reminders(public, DUE + timedelta(days=3), (issue(),)).actions
    assert "@ada-example and @grace-example" in action.body


def test_nobody_is_asked_on_days_they_asked_to_be_left_alone(program: Program) -> None:
    people = {
        id_: replace(person, paused_until=date(2026, 1, 31))
        for id_, person in program.participants.items()
    }
    away = replace(program, participants=people)
    assert plan_reminders(away, date(2026, 1, 25), ()).actions == ()
    assert plan_reminders(away, date(2026, 1, 31), (issue(),)).actions == ()
    assert kinds(plan_reminders(away, date(2026, 2, 1), (issue(),)).actions) == [("nudge", 1, None)]


def test_nobody_comments_while_one_of_the_two_is_away_and_the_other_is_asked_at_first(
    program: Program,
) -> None:
    ada = replace(program.participants["ada"], paused_until=date(2026, 1, 31))
    away = replace(program, participants={**program.participants, "ada": ada})
    (action,) = plan_reminders(away, date(2026, 1, 25), ()).actions
    assert "@ada" not in action.body
    assert "Ada Example and @grace-example: your check-in" in action.body
    assert plan_reminders(away, date(2026, 1, 31), (issue(),)).actions == ()
    assert kinds(plan_reminders(away, date(2026, 2, 1), (issue(),)).actions) == [("nudge", 1, None)]


def test_it_closes_when_the_answers_that_the_cohort_asks_for_are_in(program: Program) -> None:
    one = replace(program, check_ins=(answer(DUE, "ada"),))
    assert kinds(plan_reminders(one, DUE, (issue(),)).actions) == []
    both = replace(program, check_ins=(answer(DUE, "ada"), answer(DUE, "grace")))
    assert kinds(plan_reminders(both, DUE, (issue(),)).actions) == [("close", 1, "answered")]
    assert plan_reminders(both, DUE, ()).actions == ()


def test_it_closes_when_the_pair_ends_or_its_time_is_over(program: Program) -> None:
    (pair,) = program.pairs.values()
    ended = replace(pair, status="ended_early", ended_on=date(2026, 1, 20))
    over = replace(program, pairs={("spring", "ada-grace"): ended})
    assert kinds(plan_reminders(over, DUE, (issue(),)).actions) == [("close", 1, "not asked")]
    gone = replace(program, pairs={})
    assert kinds(plan_reminders(gone, DUE, (issue(),)).actions) == [("close", 1, "not asked")]
    late = plan_reminders(program, DUE + timedelta(days=46), (issue(),)).actions
    assert ("close", 1, "over") in kinds(late)


def test_runs_that_were_missed_open_one_reminder_and_say_what_was_missed(program: Program) -> None:
    found = plan_reminders(program, date(2026, 4, 25), ())
    assert [a.mark.due for a in found.actions] == [date(2026, 4, 20)]
    assert len(found.missed) == 6
    assert "6 check-ins are too old to ask for" in plan_as_text(found, is_public=False)


def test_what_somebody_closed_by_hand_stays_closed(program: Program) -> None:
    assert plan_reminders(program, DUE, (issue(is_open=False),)).actions == ()


def test_a_stranger_s_mark_changes_nothing(program: Program) -> None:
    strangers = issue(7, is_ours=False)
    assert kinds(plan_reminders(program, DUE, (strangers,)).actions) == [("open", None, None)]
    assert kinds(plan_reminders(program, DUE, (strangers, issue(9))).actions) == []


def test_doubles_are_folded_into_the_first(program: Program) -> None:
    found = plan_reminders(program, DUE, (issue(9), issue(4), issue(6))).actions
    assert kinds(found) == [("fix", 6, "duplicate"), ("fix", 9, "duplicate")]
    assert found[0].body.endswith("This is the same as #4, where it goes on.")


def test_a_mark_that_was_taken_away_is_put_back(program: Program) -> None:
    (action,) = plan_reminders(program, DUE, (issue(body="somebody wrote over it"),)).actions
    assert (action.kind, action.why) == ("fix", "unmarked")
    assert read_mark(action.body) == action.mark
    assert action.body.endswith("somebody wrote over it")


def test_coordinators_are_told_where_only_they_read(program: Program) -> None:
    day = DUE + timedelta(days=22)
    assert all(a.kind != "escalate" for a in plan_reminders(program, day, (issue(),)).actions)
    settings = replace(program.settings, coordinators_repository="reading-circle/coordinators")
    told = replace(program, settings=settings, check_ins=(answer(DUE, "ada"),))
    (action,) = [a for a in plan_reminders(told, day, (issue(),)).actions if a.kind == "escalate"]
    assert action.for_coordinators
    assert "Grace Example has not answered the check-in of 26 January 2026" in action.body
    heard = issue(3, title=action.title, body=action.body)
    again = plan_reminders(told, day, (issue(),), (heard,)).actions
    assert [a.kind for a in again if a.kind == "escalate"] == []
    later = plan_reminders(told, DUE + timedelta(days=31), (issue(),), (heard,)).actions
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
        for action in plan_reminders(told, DUE + timedelta(days=days), (issue(),)).actions:
            assert "xyzzy" not in action.body
            assert "overdue" not in action.body
            assert not action.for_coordinators
    private = replace(told, settings=program.settings)
    assert "xyzzy" in plan_reminders(private, date(2026, 1, 24), ()).actions[0].body


def test_the_log_says_nothing_that_only_coordinators_may_know(program: Program) -> None:
    settings = replace(program.settings, coordinators_repository="reading-circle/coordinators")
    told = replace(program, settings=settings)
    found = plan_reminders(told, DUE + timedelta(days=22), (issue(),))
    said = plan_as_text(found, is_public=False)
    assert "No answer yet" not in said
    assert "one thing to do in the repository of coordinators\n" in said


def test_a_public_log_does_not_say_whether_an_issue_closes_answered(program: Program) -> None:
    late = plan_as_text(
        plan_reminders(program, DUE + timedelta(days=46), (issue(),)), is_public=True
    )
    both = replace(program, check_ins=(answer(DUE, "ada"), answer(DUE, "grace")))
    answered = plan_as_text(plan_reminders(both, DUE, (issue(),)), is_public=True)
    line = "close #1: Check-in of Ada Example and Grace Example, due 26 January 2026"
    assert line in late.splitlines() and answered == f"{line}\n"
    assert f"{line} (its time is over)\n" in plan_as_text(
        plan_reminders(program, DUE + timedelta(days=46), (issue(),)), is_public=False
    )


def test_a_reminder_says_what_both_wanted_to_do_and_when_to_meet(program: Program) -> None:
    before, then = date(2026, 1, 26), date(2026, 2, 9)
    wrote = (
        answer(before, "ada", next_steps="something older"),
        answer(
            then, "ada", next_steps="read chapter 3\n\nask Noor", next_meeting=date(2026, 2, 17)
        ),
        answer(then, "grace", next_steps="x" * 10_000, next_meeting=date(2026, 2, 16)),
    )
    (action,) = plan_reminders(replace(program, check_ins=wrote), date(2026, 2, 20), ()).actions
    said = action.body[action.body.index("Last time") :]
    assert said == (
        "Last time, Ada Example wrote:\n\n> read chapter 3\n> ask Noor\n\n"
        f"Last time, Grace Example wrote:\n\n> {'x' * 2_000}…\n\n"
        "You wanted to meet on 17 February 2026.\n\n"
        "This closes by itself when the answers are in."
    )
    public = replace(program, settings=replace(program.settings, visibility="public"))
    (action,) = plan_reminders(replace(public, check_ins=wrote), date(2026, 2, 20), ()).actions
    assert "Last time" not in action.body and "17 February" not in action.body


def test_what_people_wrote_mentions_and_closes_nothing(program: Program) -> None:
    hostile = "fixes #3 @everyone <script>x</script> [a](javascript:b) ::error::\n<!-- peerloom -->"
    people = {
        id_: replace(person, name=f"{person.name} {hostile}", github=None)
        for id_, person in program.participants.items()
    }
    wrote = (answer(date(2026, 1, 12), "ada", next_steps=hostile),)
    (action,) = plan_reminders(
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
    found = plan_reminders(crowd, date(2026, 2, 8), late, budget=40)
    assert len(found.actions) == 40
    assert {a.kind for a in found.actions[:30]} == {"nudge"}
    assert len(found.deferred) == 50
    assert "50 more wait for the next run" in plan_as_text(found, is_public=False)


def crowd(program: Program, size: int) -> Program:
    (pair,) = program.pairs.values()
    many = {("spring", f"p{n:04}"): replace(pair, id=f"p{n:04}") for n in range(size)}
    return replace(program, pairs=many)


def lived_through(
    program: Program, days: int, budget: int, runs: int = 2
) -> list[tuple[list[Action], tuple[Action, ...]]]:
    """For each day from the cohort's first, all that its runs did, and what the last put off."""
    there: dict[int, Issue] = {}
    found = []
    for day in range(days):
        did: list[Action] = []
        for _ in range(runs):
            now = plan_reminders(
                program, date(2026, 1, 12) + timedelta(day), there.values(), budget=budget
            )
            did += now.actions
            for action in now.actions:
                after = _after(action, len(there) + 1)
                there[after.number] = after
        found.append((did, now.deferred))
    return found


def _after(action: Action, number: int) -> Issue:
    """What an issue is like once something was done to it."""
    if action.was is None:
        keys = {"is_open": True, "comments": 0, "is_ours": True}
        return Issue(number=number, title=action.title, body=action.body, **keys)
    said = action.was.comments + (action.kind == "nudge")
    body = put_mark(action.was.body, action.mark.after_comment(action.mark.day, said))
    return replace(action.was, body=body, comments=said, is_open=action.kind != "close")


def test_every_pair_of_many_is_reminded_once_and_no_day_exceeds_the_budget(
    program: Program,
) -> None:
    """All between the date before and the date itself; 5,000 pairs by 400 are the same row."""
    cohort = program.cohorts["spring"]
    assert cohort.check_ins is not None
    dates = replace(cohort.check_ins, every_weeks=None, dates=(DUE,))
    once = replace(program, cohorts={"spring": replace(cohort, check_ins=dates)})
    opened: list[str] = []
    for did, deferred in lived_through(crowd(once, 1250), days=15, budget=100, runs=1):
        assert len(did) <= 100
        assert not deferred
        opened += [action.mark.pair for action in did]
    assert len(opened) == len(set(opened)) == 1250
    first = plan_reminders(crowd(once, 5000), date(2026, 1, 13), ())
    assert {a.mark.pair for a in first.actions} == {f"p{n:04}" for n in range(0, 5000, 13)}
    assert plan_as_text(first, is_public=False).splitlines()[-1] == (
        "5,000 pairs of spring are due on 26 January 2026: "
        "they are reminded over 13 days, 385 a day"
    )


def test_asking_again_and_closing_are_spread_as_reminding_is(program: Program) -> None:
    """Nobody ever answers; each pair has the same days between, and none is asked twice in one."""
    days = lived_through(crowd(program, 60), days=80, budget=20)
    for kind in ("nudge", "close"):
        counts = [sum(a.kind == kind and a.mark.due == DUE for a in did) for did, _ in days]
        assert sum(counts) == (180 if kind == "nudge" else 60)
        assert max(counts) == 20
    for did, deferred in days:
        assert not deferred
        numbers = [a.was.number for a in did if a.was]
        assert len(numbers) == len(set(numbers))


def test_what_happens_to_one_pair_moves_no_other_pair_s_day(program: Program) -> None:
    def opening(of: Program) -> dict[str, date]:
        days = [date(2026, 1, 12) + timedelta(n) for n in range(14)]
        plans = {day: plan_reminders(of, day, (), budget=9) for day in days}
        return {
            action.mark.pair: day
            for day, found in plans.items()
            for action in (*found.actions, *found.deferred)
            if action.mark.due == DUE and not action.late_since
        }

    many = crowd(program, 60)
    before = opening(many)
    assert len(before) == 60
    ended = replace(many.pairs["spring", "p0007"], status="ended_early", ended_on=date(2026, 1, 15))
    new = replace(many.pairs["spring", "p0007"], id="a-new-one", started_on=date(2026, 1, 20))
    pairs = {**many.pairs, ("spring", "p0007"): ended, ("spring", "a-new-one"): new}
    after = opening(replace(many, pairs=pairs))
    assert before.keys() - after.keys() == {"p0007"}
    assert all(after[pair] == day for pair, day in before.items() if pair != "p0007")


def test_a_cohort_too_large_for_its_dates_is_reminded_over_all_days_there_are(
    program: Program,
) -> None:
    said = plan_as_text(
        plan_reminders(crowd(program, 400), date(2026, 1, 12), (), budget=10), is_public=False
    )
    assert "due on 26 January 2026: they are reminded over 13 days, 31 a day\n" in said
