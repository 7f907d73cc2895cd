"""The program's own questions: what an answer may be, who sees it, and that none gets lost."""

import dataclasses
import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

import folder
from peerloom import schema, source
from peerloom.audience import visible_program
from peerloom.cli.command import peerloom
from peerloom.intake.cleaning import clean_text
from peerloom.intake.own_answers import parse_own_answer
from peerloom.issue_forms.form_files import form_file_texts
from peerloom.issue_forms.issue_body import detect_form
from peerloom.issue_forms.result import FormResult, Sender
from peerloom.issue_forms.submission import Submission, read_submission
from peerloom.model import ProgramQuestion, Scale
from peerloom.pages import render_pages
from peerloom.program import check, load
from peerloom.program_questions import answers_as_json
from peerloom.report import build_report, report_as_html, report_as_markdown

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
        shown = visible_program(program, audience)
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
    assert (found.rule, found.line) == ("no-contact-details-in-text", 13)


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
    problems = list(schema.find_problems("participant", record, (question,)))
    assert schema.are_valid_answers(answers, (question,)) == (not problems)


FORMS = ".github/ISSUE_TEMPLATE"
GRACE = Sender(login="grace", number=3, participant="grace")


def asked_in_form(root: Path, form: str) -> list[str]:
    text = form_file_texts(load(root).program)[f"{FORMS}/{form}.yml"]
    return [element["attributes"]["label"] for element in yaml.safe_load(text)["body"][1:]]


def fill_in(root: Path, form: str, sender: Sender = GRACE, **answers: str) -> FormResult:
    """What comes of a form that is answered by the words of each question's label."""
    given = {question.replace("_", " "): answer for question, answer in answers.items()}
    body = "\n\n".join(
        f"### {label}\n\n{given.pop(label.replace(',', '').rstrip('?'), '_No response_')}"
        for label in asked_in_form(root, form)
    )
    assert not given
    program = load(root).program
    kind = detect_form(body, program)
    assert kind == form
    sent = Submission(kind=kind, body=body, received_on=date(2026, 2, 9), sender=sender)

    def read(path: str) -> str | None:
        return (root / path).read_text() if (root / path).is_file() else None

    return read_submission(sent, program, read)


def written(result: FormResult) -> dict[str, Any]:
    assert result.problems == ()
    ((_, text),) = result.changes.items()
    value: dict[str, Any] = source.parse(text.encode()).value
    return value


SIGN_UP = {
    "Your_name": "Grace Example",
    "Which_cohort": "Spring (spring)",
    "You_would_like_to_be": "Mentee",
    "Who_may_see_your_page": "Everybody",
}


def test_a_form_asks_what_all_who_read_the_issue_may_see_answered(root: Path) -> None:
    sign_up, check_in = asked_in_form(root, "sign-up"), asked_in_form(root, "check-in")
    assert sign_up[-5:] == [
        "How did you begin?",
        "What would make this worth your while?",
        "Which of these have you used?",
        "From when are you free?",
        "Who may see your page",
    ]
    assert check_in[-1] == "How much energy do you have for this?"
    path = root / "content/program.yml"
    path.write_text(path.read_text().replace("visibility: private", "visibility: public"))
    assert "How did you begin?" in asked_in_form(root, "sign-up")
    assert "What would make this worth your while?" not in asked_in_form(root, "sign-up")
    assert "How much energy do you have for this?" not in asked_in_form(root, "check-in")


def test_a_question_that_is_over_is_asked_nowhere_and_keeps_its_answers(root: Path) -> None:
    path = root / "content/program.yml"
    path.write_text(path.read_text().replace("id: way-in\n", "id: way-in\n    asked: false\n"))
    assert "How did you begin?" not in asked_in_form(root, "sign-up")
    assert load(root).program.participants["ada"].answers["way-in"]


def test_a_sign_up_fills_in_answers_and_keeps_those_it_does_not_ask_for(root: Path) -> None:
    grace = folder.MINIMAL["content/participants/grace.yml"]
    grace += "answers:\n  gone-by: kept  # a note\n  hours: 3\n  way-in: By myself\n"
    folder.write(root, {"content/participants/grace.yml": grace})
    result = fill_in(
        root,
        "sign-up",
        **SIGN_UP,
        How_did_you_begin="In a course or at school",
        Which_of_these_have_you_used="A notebook, Tables or sheets",
        From_when_are_you_free="3 March 2026",
    )
    assert written(result)["answers"] == {
        "gone-by": "kept",
        "hours": 3,
        "way-in": "In a course, or at school",
        "tools": ["A notebook", "Tables, or sheets"],
        "free-from": "2026-03-03",
    }
    ((_, text),) = result.changes.items()
    assert "# a note" in text


def test_a_check_in_form_fills_in_answers(root: Path) -> None:
    which = "spring/ada-grace/2026-02-09"
    body = "\n\n".join(
        f"### {label}\n\n"
        + {"Which check-in": which, "How much energy do you have for this?": "5 plenty"}.get(
            label, "_No response_"
        )
        for label in asked_in_form(root, "check-in")
    )
    sent = Submission(kind="check-in", body=body, received_on=date(2026, 2, 9), sender=GRACE)
    result = read_submission(sent, load(root).program, lambda _: None)
    assert written(result)["answers"] == {"energy": 5}


def test_an_answer_that_is_none_of_the_choices_is_said_at_its_question(root: Path) -> None:
    result = fill_in(root, "sign-up", **SIGN_UP, How_did_you_begin="By myselff")
    assert [(p.label, p.message, p.help) for p in result.problems] == [
        (
            "How did you begin?",
            "'By myselff' must be one of the choices",
            "did you mean 'By myself'?",
        )
    ]


def test_a_label_that_a_form_has_already_comes_with_its_id(root: Path) -> None:
    path = root / "content/program.yml"
    path.write_text(path.read_text().replace("label: How did you begin?", "label: Your name"))
    labels = asked_in_form(root, "sign-up")
    assert labels.count("Your name") == 1 and "Your name (way-in)" in labels


SHEET = """\
Name,Role,How did you begin?,hours,"Which of these have you used?",Free?,Colour
Lin Example,mentee,by MYSELF,"2,5","Tables, or sheets, Scripts",2026-04-01,blue
Mo Example,mentee,on a ship,many,Scripts; Pens,soon,red
Ada Example,mentor,By myself,1,A notebook,,
"""


def import_sheet(root: Path, sheet: str, *options: str) -> Result:
    (root / "sheet.csv").write_text(sheet)
    arguments = ["-C", str(root), "import", str(root / "sheet.csv"), "--cohort", "spring"]
    return CliRunner().invoke(peerloom, [*arguments, "--today", "2026-03-01", *options])


def test_a_sheet_fills_in_answers_by_label_by_id_and_by_mapping(root: Path) -> None:
    result = import_sheet(root, SHEET, "--map", "Free?=free-from")
    people = load(root).program.participants
    assert people["lin-example"].answers == {
        "way-in": "By myself",
        "hours": 2.5,
        "tools": ("Tables, or sheets", "Scripts"),
        "free-from": "2026-04-01",
    }
    assert people["mo-example"].answers == {"tools": ("Scripts",)}
    for said in ("'on a ship' must be one of the choices", "'many' must be one number", "'Pens'"):
        assert said in result.stderr
    assert "'soon' must be a date" in result.stderr


def test_a_sheet_never_replaces_an_answer_that_somebody_wrote(root: Path) -> None:
    result = import_sheet(root, SHEET, "--map", "Free?=free-from")
    answers = load(root).program.participants["ada"].answers
    assert answers["way-in"] == "In a course, or at school" and answers["gone-by"] == "kept"
    assert "'way-in' was changed by hand" in result.stderr
    again = (root / "content/participants/lin-example.yml").read_text()
    import_sheet(root, SHEET.replace("by MYSELF", '"In a course, or at school"'))
    assert load(root).program.participants["lin-example"].answers["way-in"].startswith("In a")
    import_sheet(root, SHEET)
    assert (root / "content/participants/lin-example.yml").read_text() == again


HARD_QUESTIONS = """\
questions:
  - {id: before, label: Energy (before), kind: scale, record: sign_up, audience: coordinators,
     scale: {lowest: 1, highest: 5, labels: [none, plenty]}}
  - {id: after, label: Energy (after), kind: scale, record: sign_up, audience: coordinators,
     scale: {lowest: 1, highest: 5, labels: [none, plenty]}}
  - {id: laptop, label: Do you have a laptop?, kind: text, record: sign_up, audience: members}
  - {id: agrees, label: Do you agree?, kind: choice, record: sign_up, audience: members,
     choices: ["Yes", "No"]}
  - {id: tools, label: Which have you used?, kind: several_choices, record: sign_up,
     audience: members, choices: [A notebook, "Tables, or sheets", "Scripts; small ones"]}
  - {id: awake, label: How many hours do you not sleep?, kind: number, record: sign_up,
     audience: members}
  - {id: story, label: What is your story?, kind: long_text, record: sign_up, audience: members}
"""


@pytest.fixture
def hard(tmp_path: Path) -> Path:
    """A program whose questions are not easily told apart from each other and from fillers."""
    texts = dict(folder.MINIMAL)
    texts["content/program.yml"] += HARD_QUESTIONS
    return folder.write(tmp_path, texts)


def imported_answers(root: Path, sheet: str, *options: str) -> tuple[dict[str, Any], str]:
    """What a sheet with a row of Lin's makes of her answers, and what was said."""
    result = import_sheet(root, sheet, *options)
    lin = load(root).program.participants.get("lin-example")
    return dict(lin.answers) if lin else {}, result.stdout + result.stderr


def test_columns_whose_headers_differ_only_in_brackets_are_told_apart(hard: Path) -> None:
    sheet = "Name,Role,Energy (after),Energy (before)\nLin Example,mentee,5 - plenty,none\n"
    answers, _ = imported_answers(hard, sheet)
    assert answers == {"before": 1, "after": 5}


def test_no_and_none_are_answers_and_what_says_nothing_is_none(hard: Path) -> None:
    sheet = "Name,Role,Do you have a laptop?,Do you agree?\nLin Example,mentee,{},{}\n"
    assert imported_answers(hard, sheet.format("No", "No"))[0] == {"laptop": "No", "agrees": "No"}
    _, said = imported_answers(hard, sheet.format("n/a", "N/A").replace("Lin", "Mo"))
    assert load(hard).program.participants["mo-example"].answers == {}
    assert "must be one of the choices" not in said


@pytest.mark.parametrize(
    ("cell", "chosen"),
    [
        ("Scripts; small ones; A notebook", ("Scripts; small ones", "A notebook")),
        ("A notebook;Tables, or sheets;", ("A notebook", "Tables, or sheets")),
        ("Tables, or sheets, Scripts; small ones", ("Tables, or sheets", "Scripts; small ones")),
        ("a NOTEBOOK\nn/a", ("A notebook",)),
        ("• A notebook\n• Scripts; small ones", ("A notebook", "Scripts; small ones")),
    ],
)
def test_choices_with_separators_inside_are_read_whole(
    hard: Path, cell: str, chosen: tuple[str, ...]
) -> None:
    sheet = f'Name,Role,Which have you used?\nLin Example,mentee,"{cell}"\n'
    answers, said = imported_answers(hard, sheet)
    assert answers["tools"] == chosen and "must be one" not in said


def test_one_of_several_answers_is_taken_as_a_coordinator_says(hard: Path) -> None:
    sheet = "Name,Role,Which have you used?\nLin Example,mentee,Tabels; Pens; Ink; A notebook\n"
    said = ("--answer", "used: Tabels = tables, OR sheets", "--answer", "used: Pens = -")
    answers, told = imported_answers(hard, sheet, *said)
    assert answers["tools"] == ("Tables, or sheets", "A notebook")
    assert "'Ink' must be one of the choices" in told and "'Pens' must" not in told


def test_a_question_with_a_column_for_each_choice_takes_those_ticked(hard: Path) -> None:
    sheet = (
        'Name,Role,Which have you used? [A notebook],"Which have you used? [Tables, or sheets]",'
        "Which have you used? [Scripts; small ones]\nLin Example,mentee,Yes,Yes,No\n"
    )
    assert imported_answers(hard, sheet)[0] == {"tools": ("A notebook", "Tables, or sheets")}
    others = (
        "Name,Role,Which have you used? [A notebook],Which have you used? [Other]\n"
        "Mo Example,mentee,Yes,pens\n"
    )
    _, said = imported_answers(hard, others)
    assert "column 'Which have you used? [Other]': 'pens' must be one of the choices" in said
    assert load(hard).program.participants["mo-example"].answers == {"tools": ("A notebook",)}


@pytest.mark.parametrize(
    ("cell", "choice"),
    [("y", "Yes"), ("TRUE", "Yes"), ("ja", "Yes"), ("N", "No"), ("no way", None), ("1", None)],
)
def test_one_plain_word_for_yes_or_no_is_the_choice(
    hard: Path, cell: str, choice: str | None
) -> None:
    sheet = f"Name,Role,Do you agree?\nLin Example,mentee,{cell}\n"
    answers, said = imported_answers(hard, sheet)
    assert answers.get("agrees") == choice and (choice or f"'{cell}' must be one" in said)


def test_a_negated_question_of_the_program_is_itself(hard: Path) -> None:
    sheet = "Name,Role,How many hours do you not sleep?\nLin Example,mentee,0.125\n"
    assert imported_answers(hard, sheet)[0] == {"awake": 0.125}


def test_a_long_text_is_taken_as_long_as_a_record_may_hold_it(hard: Path) -> None:
    sheet = f"Name,Role,What is your story?\nLin Example,mentee,{'long ' * 1900}\n"
    assert len(imported_answers(hard, sheet)[0]["story"]) == 1900 * 5 - 1


@pytest.mark.parametrize("cell", ["1-2", "3 or 4", "4/10", "7", "4.5"])
def test_a_step_is_never_one_of_two_numbers(hard: Path, cell: str) -> None:
    sheet = f"Name,Role,Energy (before)\nLin Example,mentee,{cell}\n"
    answers, said = imported_answers(hard, sheet)
    assert answers == {} and f"'{cell}' must be a number from 1 to 5" in said


@pytest.mark.parametrize("cell", ["4", "4/5", "4 of 5", "4 (nearly plenty)", "4 - much"])
def test_a_step_is_read_with_the_words_beside_it(hard: Path, cell: str) -> None:
    sheet = f"Name,Role,Energy (before)\nLin Example,mentee,{cell}\n"
    assert imported_answers(hard, sheet)[0] == {"before": 4}


def test_a_label_that_is_a_field_too_is_asked_about(hard: Path) -> None:
    path = hard / "content/program.yml"
    path.write_text(path.read_text().replace("Do you have a laptop?", "Country"))
    sheet = "Name,Role,Country\nLin Example,mentee,Chile\n"
    answers, said = imported_answers(hard, sheet)
    assert answers == {} and "perhaps 'region'" in said
    assert imported_answers(hard, sheet, "--map", "Country=laptop")[0] == {"laptop": "Chile"}


def test_a_column_that_was_remembered_as_a_question_that_is_gone_is_read_anew(hard: Path) -> None:
    sheet = "Name,Role,Tools of yours,Do you have a laptop?\nLin Example,mentee,A notebook,No\n"
    imported_answers(hard, sheet, "--map", "Tools of yours=tools")
    path = hard / "content/program.yml"
    renamed = path.read_text().replace("id: tools", "id: kit").replace("id: laptop", "id: machine")
    path.write_text(renamed)
    answers, said = imported_answers(hard, sheet)
    assert answers == {"laptop": "No", "tools": ("A notebook",), "machine": "No"}
    assert "'tools', remembered, is no field any more" in said
    assert imported_answers(hard, sheet, "--map", "Tools of yours=kit")[0]["kit"] == ("A notebook",)


def figures_for(root: Path, audience: Any, today: date = TODAY) -> list[dict[str, Any]]:
    contents = build_report(
        load(root).program, "spring", None, None, audience, today=today
    ).contents
    found: list[dict[str, Any]] = contents["questions"]
    return found


def people_who_began(root: Path, ways: list[str]) -> None:
    """Mentees of the cohort, of whom each says one of the ways in which they began."""
    for n, way in enumerate(ways):
        id_ = f"mentee-{n}"
        text = folder.MINIMAL["content/participants/grace.yml"].replace("id: grace", f"id: {id_}")
        text += f"answers:\n  way-in: {way}\n  hours: {n}\n"
        folder.write(root, {f"content/participants/{id_}.yml": text})


def test_a_report_counts_choices_and_gives_means_for_the_audience_of_each(root: Path) -> None:
    people_who_began(root, ["By myself"] * 5)
    told = {q["question"]: q for q in figures_for(root, "coordinators")}
    assert told["way-in"] == {
        "question": "way-in",
        "label": "How did you begin?",
        "kind": "choice",
        "asked": 7,
        "people": 6,
        "counts": [
            {"choice": "By myself", "people": 5},
            {"choice": "In a course, or at school", "people": 1},
        ],
        "mean": None,
    }
    assert (told["hours"]["people"], told["hours"]["mean"]) == (6, 2.08)
    assert (told["free-from"]["asked"], told["energy"]["mean"]) == (1, 4)
    assert [q["question"] for q in figures_for(root, "public")] == ["way-in"]
    assert "hours" not in {q["question"] for q in figures_for(root, "members", date(2026, 7, 1))}


def test_the_public_is_told_no_counts_of_few_and_none_that_still_grow(root: Path) -> None:
    people_who_began(root, ["By myself"] * 5)
    (told,) = figures_for(root, "public")
    assert (told["people"], told["counts"]) == (6, None)
    path = root / "content/participants/ada.yml"
    path.write_text(
        path.read_text().replace("way-in: In a course, or at school", "way-in: By myself")
    )
    (told,) = figures_for(root, "public")
    assert told["counts"][0] == {"choice": "By myself", "people": 6}
    cohort = root / "content/cohorts/spring.yml"
    cohort.write_text(
        cohort.read_text() + "applications: {opens: 2026-01-01, closes: 2026-03-01}\n"
    )
    assert figures_for(root, "public") == []


def test_the_public_is_not_told_how_many_answered_where_they_are_few(root: Path) -> None:
    (told,) = figures_for(root, "public")
    assert (told["people"], told["counts"]) == (None, None)
    report = build_report(load(root).program, "spring", None, None, "public", today=TODAY)
    text = report_as_markdown(report)
    assert "**How did you begin?** withheld, of 2 people" in text
    assert "Nobody has answered yet" not in text
    (known,) = [q for q in figures_for(root, "coordinators") if q["question"] == "way-in"]
    assert known["people"] == 1


def test_nothing_is_withheld_where_nobody_was_asked() -> None:
    shipped = load(Path(__file__).parents[1]).program
    nobody = dataclasses.replace(shipped, pairs={}, check_ins=())
    report = build_report(nobody, "2026-spring", None, None, "public", today=date(2026, 11, 24))
    (told,) = report.contents["questions"]
    assert (told["question"], told["asked"], told["people"]) == ("advice", 0, 0)
    assert "answers to question advice" not in report.withheld
    text = report_as_markdown(report)
    assert "**What would you tell the next pair?** Nobody was asked in this time." in text


def test_hostile_answers_are_harmless_in_every_form_of_a_report(root: Path) -> None:
    program = load(root).program
    questions = tuple(
        dataclasses.replace(q, label=HOSTILE, choices=(HOSTILE,))
        for q in program.settings.questions
    )
    settings = dataclasses.replace(program.settings, questions=questions)
    spoiled = dataclasses.replace(program, settings=settings)
    report = build_report(spoiled, "spring", None, TODAY, "coordinators")
    assert "<script" not in report_as_markdown(report) and "<script" not in report_as_html(report)
    assert "](javascript" not in report_as_markdown(report)


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(peerloom, ["-C", str(root), *arguments])


def test_peerloom_new_takes_answers_and_says_what_is_wrong_with_one(root: Path) -> None:
    lin = ["new", "participant", "id=lin", "name=Lin", "cohorts.cohort=spring"]
    lin += ["cohorts.role=mentor", "--today", "2026-03-01"]
    given = [
        "answers.hours=2,5",
        "answers.tools=Scripts, Tables, or sheets",
        "answers.way-in=by myself",
    ]
    assert run(root, *lin, *given).exit_code == 0
    assert load(root).program.participants["lin"].answers == {
        "hours": 2.5,
        "tools": ("Scripts", "Tables, or sheets"),
        "way-in": "By myself",
    }
    wrong = run(root, *lin, "answers.way-in=by boat")
    assert wrong.exit_code == 1 and "'by boat' must be one of the choices" in wrong.stderr
    unknown = run(root, *lin, "answers.way-on=by boat")
    assert "there is no question 'answers.way-on'; did you mean 'answers.way-in'?" in unknown.stderr


def test_unknown_answers_survive_whatever_the_program_writes(root: Path) -> None:
    import_sheet(root, SHEET)
    path = root / "content/program.yml"
    path.write_text(path.read_text().replace(QUESTIONS, ""))
    assert run(root, "renew").exit_code == 0
    assert "How did you begin?" not in asked_in_form(root, "sign-up")
    import_sheet(root, SHEET)
    fill = {**SIGN_UP, "Your_name": "Ada Example", "You_would_like_to_be": "Mentor"}
    sender = Sender(login="ada", number=4, participant="ada")
    ((_, text),) = fill_in(root, "sign-up", sender, **fill).changes.items()
    assert source.parse(text.encode()).value["answers"].keys() >= {"way-in", "hours", "gone-by"}
    warned = [d for d in check(root, TODAY).diagnostics if d.rule.startswith("answers-are")]
    assert len(warned) > 5 and {d.severity for d in warned} == {"warning"}


def test_the_schema_of_a_program_has_its_own_questions(root: Path) -> None:
    printed = json.loads(run(root, "schema", "check-in").stdout)
    answers = printed["properties"]["answers"]
    assert answers["properties"]["energy"] == {
        "description": "How much energy do you have for this?",
        "x-audience": "members",
        "type": "integer",
        "minimum": 1,
        "maximum": 5,
    }
    assert answers["additionalProperties"]
    jsonschema.Draft202012Validator.check_schema(printed)
    assert run(root / "content", "schema", "check-in").exit_code == 0


@given(
    st.sampled_from(_KINDS),
    st.text(max_size=30)
    | st.sampled_from(["5", "6", "1,5", "1,000", "a, b", "b;c", "9 Feb 2026", "none", "−1", "١"])
    | st.integers(400, 600).map("x".__mul__),
    st.booleans(),
)
def test_whatever_is_read_from_a_text_is_an_answer_that_its_question_allows(
    kind: Any, text: str, offers: bool
) -> None:
    question = ProgramQuestion(
        id="q",
        label="Q",
        kind=kind,
        record="sign_up",
        audience="public",
        choices=("a", "b", "a, b") if offers else (),
        scale=Scale(lowest=-1, highest=5, labels=("none", "plenty")) if offers else None,
    )
    value = parse_own_answer(question, clean_text(text)[0]).value
    if value not in (None, []):
        answer = tuple(value) if isinstance(value, list) else value
        assert schema.are_valid_answers({"q": answer}, (question,)), value


def test_every_option_of_a_form_is_a_text_to_any_reader_of_yaml(root: Path) -> None:
    path = root / "content/program.yml"
    path.write_text(path.read_text().replace("[By myself,", '["Yes", "No", "1e3",'))
    for form in ("sign-up", "check-in"):
        text = form_file_texts(load(root).program)[f"{FORMS}/{form}.yml"]
        for element in yaml.safe_load(text)["body"][1:]:
            for option in element["attributes"].get("options", ()):
                assert isinstance(option, str | dict), option
