"""The program's own questions: what an answer may be, who sees it, and that none gets lost."""

import dataclasses
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import folder
from peerloom import schema
from peerloom.audience import visible
from peerloom.model import ProgramQuestion, Scale
from peerloom.pages import render_pages
from peerloom.program import check, load
from peerloom.program_questions import answers_as_json

TODAY = date(2026, 3, 1)
QUESTIONS = """\
questions:
  - id: way-in
    label: How did you begin?
    help: The first time that it was fun.
    kind: choice
    record: sign_up
    audience: public
    choices: [By myself, "In a course, or at school"]
  - id: hoped-for
    label: What would make this worth your while?
    kind: long_text
    record: sign_up
    audience: members
  - id: hours
    label: How many hours a month do you have?
    kind: number
    record: sign_up
    audience: coordinators
  - id: tools
    label: Which of these have you used?
    kind: several_choices
    record: sign_up
    audience: members
    choices: [A notebook, "Tables, or sheets", Scripts]
  - id: free-from
    label: From when are you free?
    kind: date
    record: sign_up
    audience: members
    roles: [mentor]
  - id: energy
    label: How much energy do you have for this?
    kind: scale
    record: check_in
    audience: members
    scale: {lowest: 1, highest: 5, labels: [none, plenty]}
  - id: doubt
    label: What do you doubt?
    kind: text
    record: check_in
    audience: coordinators
  - id: advice
    label: What should the next pair know?
    kind: long_text
    record: closing
    audience: members
"""
ADA_ANSWERS = """\
answers:
  way-in: In a course, or at school
  hoped-for: A second pair of eyes.
  hours: 2.5
  tools: [A notebook, "Tables, or sheets"]
  free-from: "2026-02-01"
  gone-by: kept
"""
CHECK_IN_PATH = "content/check-ins/spring/ada-grace/2026-02-09-ada.yml"
CHECK_IN = """\
cohort: spring
pair: ada-grace
due: 2026-02-09
participant: ada
answered_on: 2026-02-09
answers:
  energy: 4
  doubt: whether it helps
"""


def asking(**files: str) -> dict[str, str]:
    """A program with questions of its own, in which Ada and the pair have answered."""
    texts = dict(folder.MINIMAL)
    texts["content/program.yml"] += QUESTIONS
    texts["content/participants/ada.yml"] += ADA_ANSWERS
    texts["content/pairs/spring/ada-grace.yml"] += "answers:\n  advice: Begin early.\n"
    texts[CHECK_IN_PATH] = CHECK_IN
    return texts | files


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return folder.write(tmp_path, asking())


def test_answers_are_read_as_their_questions_ask(root: Path) -> None:
    assert [d.rule for d in check(root, TODAY).diagnostics] == [
        "answers-are-to-questions-that-exist"
    ]
    ada = load(root).program.participants["ada"]
    assert ada.answers == {
        "way-in": "In a course, or at school",
        "hoped-for": "A second pair of eyes.",
        "hours": 2.5,
        "tools": ("A notebook", "Tables, or sheets"),
        "free-from": "2026-02-01",
        "gone-by": "kept",
    }
    assert load(root).program.participants["ada"].answers == ada.answers  # now from the cache


WRONG = """\
answers:
  way-in: By myselff
  hours: two
  tools: [A notebook, A notebook]
  free-from: "2026-02-30"
"""


def test_a_wrong_answer_is_explained_at_its_line_as_any_other_field_is(root: Path) -> None:
    ada = folder.MINIMAL["content/participants/ada.yml"] + WRONG
    folder.write(root, {"content/participants/ada.yml": ada})
    found = [
        (d.line, d.column, d.rule, d.message, d.help, d.audience)
        for d in check(root, TODAY).diagnostics
        if d.path.endswith("ada.yml")
    ]
    assert found == [
        (
            *(13, 11, "not-one-of"),
            "'way-in' must be one of By myself, In a course, or at school, and is 'By myselff'",
            *("did you mean 'By myself'?", "public"),
        ),
        (
            *(14, 10, "wrong-type", "'hours' must be a number, and is the text 'two'"),
            *("How many hours a month do you have?", "coordinators"),
        ),
        (
            *(15, 23, "repeated-item", "'A notebook' must be in 'tools' only once"),
            *("delete one", "members"),
        ),
        (
            *(16, 14, "bad-format"),
            "'free-from' must be a date that exists, and is '2026-02-30'",
            *("write it YEAR-MONTH-DAY, as 2026-02-09", "members"),
        ),
    ]


def test_a_record_with_a_wrong_answer_is_not_used_and_not_forgotten(root: Path) -> None:
    ada = folder.MINIMAL["content/participants/ada.yml"] + WRONG
    folder.write(root, {"content/participants/ada.yml": ada})
    program = load(root).program
    assert "ada" not in program.participants
    assert program.exists("content/participants/ada.yml")


def test_each_audience_gets_the_answers_that_their_questions_say(root: Path) -> None:
    program = load(root).program

    def seen(audience: Any) -> tuple[set[str], set[str], set[str]]:
        shown = visible(program, audience)
        return (
            set(shown.participants["ada"].answers),
            {id_ for check_in in shown.check_ins for id_ in check_in.answers},
            set(shown.pairs["spring", "ada-grace"].answers),
        )

    assert seen("public") == ({"way-in"}, set(), set())
    assert seen("members") == (
        {"way-in", "hoped-for", "tools", "free-from"},
        {"energy"},
        {"advice"},
    )
    assert seen("coordinators") == (
        {"way-in", "hoped-for", "tools", "free-from", "hours", "gone-by"},
        {"energy", "doubt"},
        {"advice"},
    )


def test_pages_show_answers_to_those_who_may_see_them(root: Path) -> None:
    program = load(root).program
    for audience, shown, hidden in (
        (
            "public",
            ("or at school",),
            ("pair of eyes", "gone", "plenty", "it helps", "Begin early"),
        ),
        ("members", ("pair of eyes", "plenty", "Begin early"), ("2.5", "gone", "it helps")),
        ("coordinators", ("2.5", "gone-by", "whether it helps"), ()),
    ):
        pages = render_pages(program, TODAY, audience)  # type: ignore[arg-type]
        records = {path: text for path, text in pages.items() if "reference" not in path}
        everything = "\n".join(records.values())
        assert [part for part in shown if part not in everything] == []
        assert [part for part in hidden if part in everything] == []


def test_the_reference_lists_the_programs_own_questions(root: Path) -> None:
    pages = render_pages(load(root).program, TODAY, "public")
    (reference,) = [text for text in pages.values() if text.startswith("# Records")]
    assert (
        "| `answers.energy` | How much energy do you have for this? Scale. "
        "From 1 none, 5 plenty. | members |" in reference
    )
    assert "Asked of: mentors. | members |" in reference


HOSTILE = "<script>alert(1)</script> | [x](javascript:alert(1)) {{ name }} ::error:: \x1b[31m"


def test_hostile_labels_choices_and_answers_make_harmless_pages(root: Path) -> None:
    program = load(root).program
    questions = tuple(
        dataclasses.replace(q, label=HOSTILE, help=HOSTILE, choices=(HOSTILE,))
        for q in program.settings.questions
    )
    ada = program.participants["ada"]
    answers = {HOSTILE: HOSTILE, **dict.fromkeys(ada.answers, HOSTILE)}
    spoiled = dataclasses.replace(
        program,
        settings=dataclasses.replace(program.settings, questions=questions),
        participants=program.participants | {"ada": dataclasses.replace(ada, answers=answers)},
        check_ins=tuple(dataclasses.replace(c, answers=answers) for c in program.check_ins),
    )
    for path, text in render_pages(spoiled, TODAY, "coordinators").items():
        assert "<script" not in text and "](javascript" not in text, path
        assert "\x1b" not in text and "{{" not in text, path


def test_contact_details_in_an_answer_are_warned_of(root: Path) -> None:
    ada = folder.MINIMAL["content/participants/ada.yml"]
    ada += "answers:\n  hoped-for: write to ada@mail.example\n"
    folder.write(root, {"content/participants/ada.yml": ada})
    (found,) = check(root, TODAY).diagnostics
    assert (found.rule, found.line) == ("nobody-can-be-traced-home", 13)


_KINDS = ("text", "long_text", "choice", "several_choices", "number", "scale", "date")
_ANSWERS = st.one_of(
    st.integers(-3, 9),
    st.floats(-3, 9),
    st.sampled_from(["", "a", "b", "2026-02-09", "2026-02-30", "x" * 501]),
    st.lists(st.sampled_from(["a", "b", ""]), max_size=3).map(tuple),
)


@given(st.sampled_from(_KINDS), _ANSWERS, st.booleans())
def test_both_validators_say_the_same_of_an_answer(kind: Any, answer: Any, offers: bool) -> None:
    question = ProgramQuestion(
        id="q",
        label="Q",
        kind=kind,
        record="sign_up",
        audience="public",
        choices=("a", "b") if offers else (),
        scale=Scale(lowest=1, highest=5) if offers else None,
    )
    answers = {"q": answer}
    ada = {"id": "ada", "name": "Ada", "cohorts": [{"cohort": "spring", "role": "mentor"}]}
    record = {**ada, "answers": answers_as_json(answers)}
    problems = list(schema.problems("participant", record, (question,)))
    assert schema.are_valid_answers(answers, (question,)) == (not problems)
