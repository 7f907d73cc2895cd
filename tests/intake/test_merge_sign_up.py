"""A sign-up changes a record by the same rules, whether it came by sheet or by issue form."""

import csv
import io
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import folder
from peerloom import intake, source
from peerloom.issue_forms.questions import form_questions
from peerloom.issue_forms.result import Sender
from peerloom.issue_forms.submission import Submission, read_submission
from peerloom.program import load
from peerloom.records import short_digest

TODAY = date(2026, 2, 9)
LIN = {"id": "lin", "name": "Lin Example", "github": "lin-k", "github_id": 44}
ANSWERS = {"name": "Lin Example", "role": "mentee", "show": "members"}
MEMBERS = {"given_on": "2026-01-05", "show": "members"}


class Case(NamedTuple):
    """What the record says before, what is answered beside `ANSWERS`, and the keys afterwards."""

    before: dict[str, Any]
    answers: dict[str, str]
    after: dict[str, Any]


def spring(role: str, **more: object) -> dict[str, object]:
    return {"cohort": "spring", "role": role, **more}


AUTUMN = {"cohort": "autumn", "role": "mentor", "capacity": 4}
CASES = {
    "a first sign-up gives a role": Case(
        {}, {"role": "mentor", "capacity": "2"}, {"cohorts": [spring("mentor", capacity=2)]}
    ),
    "another cohort's role stays in its place": Case(
        {"cohorts": [spring("mentee"), AUTUMN]},
        {"team": "Tide tables"},
        {"cohorts": [spring("mentee", team="tide-tables"), AUTUMN]},
    ),
    "a capacity that is not answered stays": Case(
        {"cohorts": [spring("mentor", capacity=3)]},
        {"role": "mentor"},
        {"cohorts": [spring("mentor", capacity=3)]},
    ),
    "a capacity that is answered is replaced": Case(
        {"cohorts": [spring("mentor", capacity=3)]},
        {"role": "mentor", "capacity": "1"},
        {"cohorts": [spring("mentor", capacity=1)]},
    ),
    "a mentee has no capacity, whatever they answer": Case(
        {}, {"capacity": "2"}, {"cohorts": [spring("mentee")]}
    ),
    "a mentor who signs up as a mentee is both": Case(
        {"cohorts": [spring("mentor", capacity=3)]},
        {},
        {"cohorts": [spring("mentor", capacity=3), spring("mentee")]},
    ),
    "somebody who is both changes only the role that they answer": Case(
        {"cohorts": [spring("mentor", capacity=3), spring("mentee")]},
        {"team": "Tide tables"},
        {"cohorts": [spring("mentor", capacity=3), spring("mentee", team="tide-tables")]},
    ),
    "an open role replaces the role that it includes": Case(
        {"cohorts": [spring("mentor", capacity=3)]},
        {"role": "either"},
        {"cohorts": [spring("either", capacity=3)]},
    ),
    "a role replaces an open one, and takes no capacity to a mentee": Case(
        {"cohorts": [spring("either", capacity=3)]}, {}, {"cohorts": [spring("mentee")]}
    ),
    "what a coordinator noted of a membership stays": Case(
        {"cohorts": [spring("mentee", team="moon", joined="2026-01-12")]},
        {"team": "Tide tables"},
        {"cohorts": [spring("mentee", team="tide-tables", joined="2026-01-12")]},
    ),
    "a team that is not answered stays": Case(
        {"cohorts": [spring("mentee", team="moon")]},
        {},
        {"cohorts": [spring("mentee", team="moon")]},
    ),
    "consent that is the same keeps its day": Case({"consent": MEMBERS}, {}, {"consent": MEMBERS}),
    "consent that differs has a new day, and keeps what else was agreed": Case(
        {"consent": {**MEMBERS, "show": "public", "quote": True}},
        {},
        {
            "consent": {
                "given_on": "2026-02-09",
                "show": "members",
                "quote": True,
                "since": {"quote": "2026-01-05"},
            }
        },
    ),
    "a goal replaces the one for the same cohort": Case(
        {"goals": [{"title": "Old", "cohort": "spring"}]},
        {"goal": "New"},
        {"goals": [{"title": "New", "cohort": "spring"}]},
    ),
    "goals for other cohorts, or for none, stay": Case(
        {"goals": [{"title": "Later", "cohort": "autumn"}, {"title": "Always"}]},
        {"goal": "New"},
        {
            "goals": [
                {"title": "Later", "cohort": "autumn"},
                {"title": "Always"},
                {"title": "New", "cohort": "spring"},
            ]
        },
    ),
    "a goal that is not answered stays": Case(
        {"goals": [{"title": "Old", "cohort": "spring"}]},
        {},
        {"goals": [{"title": "Old", "cohort": "spring"}]},
    ),
    "a skill in own words leaves no empty list of known ones": Case(
        {"skills_wanted": [{"skill": "python"}]},
        {"skills_wanted": "Weaving"},
        {"skills_wanted": None, "also_wants": ["Weaving"]},
    ),
    "a known skill leaves no list of own words": Case(
        {"also_wants": ["Pithon"]},
        {"skills_wanted": "Python"},
        {"skills_wanted": [{"skill": "python"}], "also_wants": None},
    ),
    "what is not answered changes nothing": Case(
        {"region": "Ghana", "about": "I bake.", "languages": ["en"]},
        {},
        {"region": "Ghana", "about": "I bake.", "languages": ["en"]},
    ),
    "what is answered is replaced": Case(
        {"region": "Ghana", "languages": ["en"]},
        {"region": "Togo", "languages": "French"},
        {"region": "Togo", "languages": ["fr"]},
    ),
}


def digests_of(record: dict[str, Any]) -> dict[str, str]:
    """Return what a sheet notes that wrote all of a record."""
    digests = {key: short_digest(value) for key, value in record.items()}
    for key in ("goals", "cohorts"):
        entries = record.get(key, [])
        for cohort in {entry.get("cohort") for entry in entries} - {None}:
            those = [entry for entry in entries if entry.get("cohort") == cohort]
            if key == "cohorts":
                those = [{k: e.get(k) for k in ("role", "team", "capacity")} for e in those]
            digests[f"{key} {cohort}"] = short_digest(those)
    if "consent" in record:
        digests["consent"] = short_digest(record["consent"]["show"])
    return digests


@pytest.fixture
def root(tmp_path: Path) -> Path:
    autumn = folder.MINIMAL["content/cohorts/spring.yml"].replace("spring", "autumn")
    return folder.write(
        tmp_path / "program", {**folder.MINIMAL, "content/cohorts/autumn.yml": autumn}
    )


def write_lin(root: Path, record: dict[str, Any]) -> None:
    folder.write(root, {"content/participants/lin.yml": source.dump({**LIN, **record})})


def merged_from_sheet(root: Path, answers: dict[str, str]) -> dict[str, Any]:
    row = {"id": "lin", **ANSWERS, **answers}
    sheet = io.StringIO()
    writer = csv.DictWriter(sheet, fieldnames=list(row))
    writer.writeheader()
    writer.writerow(row)
    options = intake.ImportOptions(cohort="spring", today=TODAY)
    result = intake.import_people(sheet.getvalue().encode(), root, load(root).program, options)
    assert not result.refused_rows and not result.is_stopped, result.notes
    return only_record(result.changes, root)


def merged_from_form(root: Path, answers: dict[str, str]) -> dict[str, Any]:
    found = read_submission(
        Submission(
            kind="sign-up", body=form_body(root, answers), received_on=TODAY, sender=sender()
        ),
        load(root).program,
        lambda path: (root / path).read_text() if (root / path).is_file() else None,
    )
    assert not found.problems
    return only_record(found.changes, root)


def sender() -> Sender:
    return Sender(login="lin-k", number=44, participant="lin")


def form_body(root: Path, answers: dict[str, str]) -> str:
    given = {"cohort": "spring", **ANSWERS, **answers}
    parts = []
    for question in form_questions("sign-up", load(root).program):
        labels = {meaning: label for label, meaning in (question.choices or {}).items()}
        answer = given.get(question.id) or given.get(question.id.removesuffix("_more"), "")
        if question.id in ("skills_offered", "skills_wanted"):
            answer = ""  # answered in own words, which are read as a sheet's are
        if question.format == "checkboxes":
            ticks = (f"- [{'x' if m in answer.split() else ' '}] {t}" for m, t in labels.items())
            answer = "\n".join(ticks)
        parts.append(f"### {question.label}\n\n{labels.get(answer, answer) or '_No response_'}")
    return "\n\n".join(parts)


def only_record(changes: Any, root: Path) -> dict[str, Any]:
    assert changes.keys() <= {"content/participants/lin.yml"}
    text = next(iter(changes.values()), None)
    data = text.encode() if text else (root / "content/participants/lin.yml").read_bytes()
    record: dict[str, Any] = source.parse(data).value
    return record


WAYS_IN = {"sheet": merged_from_sheet, "issue form": merged_from_form}


@pytest.mark.parametrize("way_in", WAYS_IN)
@pytest.mark.parametrize("name", CASES)
def test_a_sign_up_is_merged_by_the_same_rules(root: Path, name: str, way_in: str) -> None:
    case = CASES[name]
    write_lin(root, {**case.before, "imported": digests_of({**LIN, **case.before})})
    merged = WAYS_IN[way_in](root, case.answers)
    assert {key: merged.get(key) for key in case.after} == case.after


@pytest.mark.parametrize("way_in", WAYS_IN)
@pytest.mark.parametrize("name", CASES)
def test_the_same_sign_up_again_changes_nothing(root: Path, name: str, way_in: str) -> None:
    case = CASES[name]
    write_lin(root, {**case.before, "imported": digests_of({**LIN, **case.before})})
    once = WAYS_IN[way_in](root, case.answers)
    folder.write(root, {"content/participants/lin.yml": source.dump(once)})
    assert WAYS_IN[way_in](root, case.answers) == once


WRITTEN_BY_HAND = {
    "cohorts": ([spring("mentor", capacity=3)], {"role": "mentor", "capacity": "1"}),
    "goals": ([{"title": "Mine", "cohort": "spring"}], {"goal": "New"}),
    "consent": ({**MEMBERS, "show": "coordinators"}, {}),
    "region": ("Accra", {"region": "Togo"}),
    "skills_wanted": ([{"skill": "python"}], {"skills_wanted": "Statistics"}),
}


@pytest.mark.parametrize("key", WRITTEN_BY_HAND)
def test_only_the_participant_replaces_what_a_person_wrote(root: Path, key: str) -> None:
    value, answers = WRITTEN_BY_HAND[key]
    write_lin(root, {"cohorts": [spring("mentee")], key: value})
    assert merged_from_sheet(root, answers)[key] == value
    assert merged_from_form(root, answers)[key] != value


@pytest.mark.parametrize("key", WRITTEN_BY_HAND)
def test_a_sheet_does_not_overrule_a_later_issue_form(root: Path, key: str) -> None:
    _, answers = WRITTEN_BY_HAND[key]
    write_lin(root, {})
    earlier = {"role": "mentee", "region": "Chad", "show": "public", "goal": "Old"}
    for merge, given in ((merged_from_sheet, earlier), (merged_from_form, answers)):
        folder.write(root, {"content/participants/lin.yml": source.dump(merge(root, given))})
    by_form = merged_from_form(root, answers)
    assert merged_from_sheet(root, earlier)[key] == by_form[key]


WITHDRAWN = {**MEMBERS, "quote": True, "withdrawn": {"everything": "2026-01-20"}}


def test_a_sheet_gives_nothing_again_that_was_withdrawn(root: Path) -> None:
    for consent in (WITHDRAWN, {**MEMBERS, "withdrawn": {"show": "2026-01-20"}}):
        write_lin(root, {"consent": consent})
        assert merged_from_sheet(root, {"show": "public"})["consent"] == consent
        assert merged_from_sheet(root, {"show": "coordinators"})["consent"] == consent


def test_the_participants_own_form_gives_again_what_it_answers_and_nothing_else(
    root: Path,
) -> None:
    write_lin(root, {"consent": WITHDRAWN})
    given = merged_from_form(root, {})["consent"]
    assert given == {
        "given_on": "2026-02-09",
        "show": "members",
        "quote": True,
        "since": dict.fromkeys(("quote", "pictured", "counted"), "2026-01-05"),
        "withdrawn": dict.fromkeys(("quote", "pictured", "counted"), "2026-01-20"),
    }


TICKED = {
    "quote": ({**MEMBERS}, {"quote": True, "since": {"quote": "2026-02-09"}}),
    "pictured": (
        {**MEMBERS, "withdrawn": {"pictured": "2026-01-20"}},
        {"pictured": True, "since": {"pictured": "2026-02-09"}},
    ),
    "uncounted": ({**MEMBERS}, {"counted": False, "since": {"counted": "2026-02-09"}}),
}


@pytest.mark.parametrize("ticked", TICKED)
def test_what_is_ticked_in_the_form_is_agreed_to_on_that_day(root: Path, ticked: str) -> None:
    before, added = TICKED[ticked]
    write_lin(root, {"consent": before})
    assert merged_from_form(root, {"agreed": ticked})["consent"] == {**MEMBERS, **added}
    write_lin(root, {})
    new = merged_from_form(root, {"agreed": ticked})["consent"]
    part = "counted" if ticked == "uncounted" else ticked
    assert new == {"given_on": "2026-02-09", "show": "members", part: added[part]}


FROM_A_SHEET = {
    "a first yes is taken": ({**MEMBERS}, {"quote": "Yes"}, {"quote": True}),
    "a first no to figures is taken": ({**MEMBERS}, {"counted": "No"}, {"counted": False}),
    "a no where nothing was said changes nothing": ({**MEMBERS}, {"pictured": "no"}, {}),
    "a yes to figures is what holds anyway": ({**MEMBERS}, {"counted": "yes"}, {}),
    "a yes does not replace what a person wrote": (
        {**MEMBERS, "quote": False},
        {"quote": "yes"},
        {},
    ),
    "a no withdraws what was agreed to before": (
        {**MEMBERS, "pictured": True},
        {"pictured": "no"},
        {"withdrawn": {"pictured": "2026-02-09"}},
    ),
    "what was withdrawn stays so": (
        {**MEMBERS, "quote": True, "withdrawn": {"quote": "2026-01-20"}},
        {"quote": "yes"},
        {},
    ),
}


@pytest.mark.parametrize("name", FROM_A_SHEET)
def test_what_a_sheet_says_of_further_parts_is_merged_by_its_rules(root: Path, name: str) -> None:
    before, answers, changed = FROM_A_SHEET[name]
    write_lin(root, {"consent": before})
    once = merged_from_sheet(root, answers)
    dated = {"since": dict.fromkeys(answers, "2026-02-09")} if {*answers} & {*changed} else {}
    assert once["consent"] == {**before, **changed, **dated}
    folder.write(root, {"content/participants/lin.yml": source.dump(once)})
    assert merged_from_sheet(root, answers) == once


def test_what_somebody_agrees_to_is_not_lost_where_it_has_no_place_yet(root: Path) -> None:
    sheet = b"Name,Role,May we quote you?\nLin Example,mentee,Yes\n"
    options = intake.ImportOptions(cohort="spring", today=TODAY)
    result = intake.import_people(sheet, root, load(root).program, options)
    (note,) = [note for note in result.notes if note.kind == "left_out"]
    assert "what else they agree to (quote) has no place there yet" in note.message


def test_what_is_not_ticked_stays_as_it_was(root: Path) -> None:
    agreed = {**MEMBERS, "quote": True, "counted": False}
    write_lin(root, {"consent": agreed})
    assert merged_from_form(root, {})["consent"] == agreed


def test_a_participant_hears_of_the_role_that_they_still_have(root: Path) -> None:
    write_lin(root, {"cohorts": [spring("mentor")]})
    body = form_body(root, {"role": "mentee"})
    found = read_submission(
        Submission(kind="sign-up", body=body, received_on=TODAY, sender=sender()),
        load(root).program,
        lambda path: (root / path).read_text() if (root / path).is_file() else None,
    )
    messages = [remark.message for remark in found.remarks]
    assert "you are still a mentor in this cohort as well" in messages
