"""`peerloom new`, kind by kind: what somebody answers is what the record holds, and it is sound."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

import folder
from peerloom import source
from peerloom.cli import printing
from peerloom.cli.command import peerloom
from peerloom.program import check

TODAY = "2026-03-01"
SURVEY = """\
id: feedback
title: Feedback
waves: [before, after]
items:
  - id: trust
    text: I can say openly when I do not understand something
    kind: scale
    scale: {lowest: 1, highest: 5, labels: [not at all, very much]}
  - id: often
    text: How often did you meet?
    kind: choice
    choices: ["often, or nearly", never]
  - id: words
    text: What should we know?
    kind: text
  - id: mentees-only
    text: What did you learn?
    kind: text
    roles: [mentee]
  - id: later
    text: Would you do it again?
    kind: text
    waves: [after]
"""
GRACE = folder.MINIMAL["content/participants/grace.yml"]
FILES = folder.MINIMAL | {
    "content/surveys/feedback.yml": SURVEY,
    "content/participants/lin.yml": GRACE.replace("grace", "lin").replace("Grace", "Lin"),
}
LONG = "x" * 4_000
# What people type who know no YAML, or who know it too well.
WORDS = [
    "a: b",
    "# no comment",
    "'single' and \"double\"",
    "- a list, it seems",
    "yes",
    "0010",
    "2026-01-01",
    "{{ x }} ${{ y }} %0A::error::z",
    "*anchor &and <<: merge",
    "Žižek 日本 😀",
    "::error::x",
    "##[error]x",
    "|",
]


@pytest.fixture
def program(tmp_path: Path) -> Path:
    return folder.write(tmp_path / "program", FILES)


def _new(root: Path, kind: str, answers: list[str] | None, *given: str) -> Result:
    """What `new` says where the answers are typed one after the other; none: nobody is there."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(printing, "can_ask", lambda: answers is not None)
        patch.setattr("peerloom.cli.new.can_ask", lambda: answers is not None)
        return CliRunner().invoke(
            peerloom,
            ["-C", str(root), "new", kind, *given, "--today", TODAY],
            input="".join(f"{answer}\n" for answer in answers or ()),
            catch_exceptions=False,
        )


def _record(root: Path, path: str) -> Any:
    return source.parse((root / path).read_bytes()).value


KINDS: dict[str, tuple[list[str], str, dict[str, Any]]] = {
    "cohort": (
        ["autumn", "Autumn", "2026-09-01", "2026-12-01"],
        "content/cohorts/autumn.yml",
        {"id": "autumn", "name": "Autumn", "starts": "2026-09-01", "ends": "2026-12-01"},
    ),
    "participant": (
        ["eve", "Eve Example", "spring", "mentee", "", "Europe/Lisbon", "members", ""],
        "content/participants/eve.yml",
        {
            "id": "eve",
            "name": "Eve Example",
            "cohorts": [{"cohort": "spring", "role": "mentee"}],
            "time_zone": "Europe/Lisbon",
            "consent": {"show": "members", "given_on": TODAY},
        },
    ),
    "pair": (
        ["second", "spring", "ended_early", "ada", "lin", "2026-01-14", "2026-02-01", "time"],
        "content/pairs/spring/second.yml",
        {
            "id": "second",
            "cohort": "spring",
            "status": "ended_early",
            "mentor": "ada",
            "mentee": "lin",
            "started_on": "2026-01-14",
            "ended_on": "2026-02-01",
            "end_reason": "time",
        },
    ),
    "circle": (
        ["readers", "spring", "circle", "Readers", "proposed", "ada", "grace"],
        "content/circles/spring/readers.yml",
        {
            "id": "readers",
            "cohort": "spring",
            "kind": "circle",
            "name": "Readers",
            "status": "proposed",
            "facilitators": ["ada"],
            "members": ["grace"],
            "proposed_on": TODAY,
        },
    ),
    "check-in": (
        ["spring", "ada-grace", "2026-02-09", "grace", "", "no"],
        "content/check-ins/spring/ada-grace/2026-02-09-grace.yml",
        {
            "cohort": "spring",
            "pair": "ada-grace",
            "due": "2026-02-09",
            "participant": "grace",
            "answered_on": TODAY,
            "met": False,
        },
    ),
    "follow-up": (
        ["spring", "ada-grace"],
        "content/follow-ups/spring/ada-grace.yml",
        {"cohort": "spring", "pair": "ada-grace"},
    ),
    "survey": (
        [
            *("start", "At the start", "before"),
            *("trust", "Do you trust?", "scale", "1", "5"),
            *("often", "How often?", "choice", "often, or nearly", "never", ""),
            *("words", "What else?", "text"),
            "",
        ],
        "content/surveys/start.yml",
        {
            "id": "start",
            "title": "At the start",
            "waves": ["before"],
            "items": [
                {
                    "id": "trust",
                    "text": "Do you trust?",
                    "kind": "scale",
                    "scale": {"lowest": 1, "highest": 5},
                },
                {
                    "id": "often",
                    "text": "How often?",
                    "kind": "choice",
                    "choices": ["often, or nearly", "never"],
                },
                {"id": "words", "text": "What else?", "kind": "text"},
            ],
        },
    ),
    "response": (
        ["feedback", "spring", "k7", "mentor", "before", "", "4", "often, or nearly", "4"],
        "content/responses/feedback/spring/k7.yml",
        {
            "survey": "feedback",
            "cohort": "spring",
            "code": "k7",
            "role": "mentor",
            "waves": [
                {
                    "wave": "before",
                    "answered_on": TODAY,
                    "answers": {"trust": 4, "often": "often, or nearly", "words": "4"},
                }
            ],
        },
    ),
    "reading": (["signups"], "content/readings/signups.yml", {"id": "signups"}),
    "event": (
        ["party", "Party", "social", "2026-03-09", "online", "", "", ""],
        "content/events/party.yml",
        {
            "id": "party",
            "title": "Party",
            "kind": "social",
            "on": "2026-03-09",
            "setting": "online",
        },
    ),
    "resource": (
        ["book", "A book", "book", "https://example.org/book", ""],
        "content/resources/book.yml",
        {"id": "book", "title": "A book", "kind": "book", "url": "https://example.org/book"},
    ),
}


def test_every_kind_is_tried() -> None:
    command = peerloom.get_command(click.Context(peerloom), "new")
    assert command
    assert isinstance(command.params[0].type, click.Choice)
    assert [*command.params[0].type.choices] == [*KINDS]


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_holds_what_somebody_answered(kind: str, program: Path) -> None:
    answers, path, expected = KINDS[kind]
    said = _new(program, kind, answers)
    assert (said.exit_code, said.stderr) == (0, "")
    assert said.stdout.endswith(f"wrote {path}\n")
    assert _record(program, path) == expected
    assert check(program, date.fromisoformat(TODAY)).diagnostics == ()


# Where a free text is asked for: the kind, and which of its answers it is.
TEXTS = {
    "cohort": 1,
    "participant": 1,
    "circle": 3,
    "survey": 4,
    "response": 8,
    "event": 7,
    "resource": 4,
}


def _with(kind: str, *texts: str) -> list[str]:
    answers = list(KINDS[kind][0])
    answers[TEXTS[kind] : TEXTS[kind] + 1] = texts
    return answers


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _leaves(inner)
    else:
        yield value


@pytest.mark.parametrize("words", WORDS)
@pytest.mark.parametrize("kind", TEXTS)
def test_a_text_stays_the_text_that_was_typed(kind: str, words: str, program: Path) -> None:
    said = _new(program, kind, _with(kind, words))
    assert (said.exit_code, said.stderr) == (0, "")
    assert words in _leaves(_record(program, KINDS[kind][1]))
    assert check(program, date.fromisoformat(TODAY)).diagnostics == ()


@pytest.mark.parametrize("kind", TEXTS)
def test_a_text_that_no_record_can_hold_is_asked_for_again(kind: str, program: Path) -> None:
    hidden, long = "a\x1b[31mb\x07", "y" * 10_001
    said = _new(program, kind, _with(kind, hidden, long, "Plain words"))
    assert (said.exit_code, said.stderr) == (0, "")
    assert said.stdout.count("; please answer again\n") == 2
    assert "\x1b" not in said.stdout.replace(hidden, "")
    assert "Plain words" in _leaves(_record(program, KINDS[kind][1]))


def test_a_text_of_four_thousand_letters_is_kept_whole(program: Path) -> None:
    assert _new(program, "response", _with("response", LONG)).exit_code == 0
    assert LONG in _leaves(_record(program, KINDS["response"][1]))


AGAIN = {
    (
        "participant",
        0,
        "nul",
    ): "'id' must be a name that every computer can hold, and 'nul.yml' is a",
    ("participant", 0, "../eve"): "'id' must be written such as 'ada-lindgren', and is '../eve'",
    ("participant", 2, "sprng"): "there is no 'sprng'; did you mean 'spring'?",
    ("participant", 3, "boss"): "must be one of",
    ("pair", 3, "adda"): "there is no 'adda'; did you mean 'ada'?",
    ("circle", 6, "grace, nobody"): "there is no 'nobody'; there are: ada, grace, lin",
    ("check-in", 1, "grace-ada"): "there is no 'grace-ada'",
    ("check-in", 2, "tomorrow"): "must be",
    ("check-in", 5, "perhaps"): "must be",
    ("survey", 6, "many"): "must be",
    ("survey", 7, "1"): "it must be more than 1",
    ("survey", 8, "trust"): "another question is called 'trust'",
    ("survey", 12, "often, or nearly"): "it is a choice already",
    ("response", 0, "feedbak"): "there is no 'feedbak'; did you mean 'feedback'?",
    ("response", 2, "com1"): "'code' must be a name that every computer can hold",
    ("response", 4, "midway"): "there is no 'midway'",
    ("response", 6, "6"): "the answer '6' must be a number from 1 to 5",
    ("response", 6, "four"): "the answer 'four' must be a number from 1 to 5",
    ("response", 7, "often"): "the answer 'often' must be one of: often, or nearly, never",
    ("event", 3, "2026-02-30"): "must be",
    ("resource", 3, "javascript:x"): "must be",
}


@pytest.mark.parametrize(("kind", "at", "wrong"), AGAIN)
def test_an_answer_that_cannot_be_is_asked_for_again(
    kind: str, at: int, wrong: str, program: Path
) -> None:
    answers, path, expected = KINDS[kind]
    said = _new(program, kind, [*answers[:at], wrong, *answers[at:]])
    assert (said.exit_code, said.stderr) == (0, "")
    assert AGAIN[kind, at, wrong] in said.stdout
    assert said.stdout.count("; please answer again\n") == 1
    assert _record(program, path) == expected


def test_every_question_of_a_survey_may_be_left_out_but_not_all(program: Path) -> None:
    one = _new(program, "response", [*KINDS["response"][0][:6], "", "never", ""])
    assert one.exit_code == 0
    (wave,) = _record(program, KINDS["response"][1])["waves"]
    assert wave["answers"] == {"often": "never"}
    none = ["feedback", "spring", "k8", "", "after", "", "", "", "", "", ""]
    said = _new(program, "response", none)
    assert said.exit_code == 1
    assert said.stderr == (
        "peerloom: nothing was written; a response needs an answer to a question, such as "
        "waves.answers.trust=…\n"
    )
    assert not (program / "content/responses/feedback/spring/k8.yml").exists()


def test_only_questions_of_the_role_and_the_wave_are_asked(program: Path) -> None:
    answers = ["feedback", "spring", "k9", "mentee", "after", "", "", "", "", "a", "b"]
    said = _new(program, "response", answers)
    assert (said.exit_code, said.stderr) == (0, "")
    (wave,) = _record(program, "content/responses/feedback/spring/k9.yml")["waves"]
    assert wave["answers"] == {"mentees-only": "a", "later": "b"}
    assert "What did you learn?" not in _new(program, "response", KINDS["response"][0]).stdout


GIVEN = ("survey=feedback", "cohort=spring", "code=k7", "waves.wave=before")


def test_a_response_is_made_of_keys_and_values_where_nobody_can_be_asked(program: Path) -> None:
    said = _new(program, "response", None, *GIVEN, "waves.answers.trust=4", "waves.answers.words=4")
    assert (said.exit_code, said.stderr) == (0, "")
    (wave,) = _record(program, KINDS["response"][1])["waves"]
    assert wave == {
        "wave": "before",
        "answers": {"trust": 4, "words": "4"},
        "answered_on": TODAY,
    }


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (GIVEN, "a response needs an answer to a question, such as waves.answers.trust=…"),
        (("survey=fedback", *GIVEN[1:]), "no survey 'fedback'; did you mean 'feedback'?"),
        (("survey=zzz", *GIVEN[1:]), "no survey 'zzz'; the surveys are: feedback"),
        (("cohort=spring",), "there is no survey ''; the surveys are: feedback"),
        ((*GIVEN, "waves.answers.trust=9"), "must be a number from 1 to 5"),
        ((*GIVEN, "waves.answers.trst=4"), "did you mean 'trust'?"),
        ((*GIVEN, "waves.answers.later=x"), "must not be answered in wave before"),
        ((*GIVEN[:3], "waves.answers.trust=4"), "must have the key 'wave'"),
    ],
)
def test_a_response_that_says_nothing_or_what_cannot_be_is_not_written(
    given: tuple[str, ...], says: str, program: Path
) -> None:
    said = _new(program, "response", None, *given)
    assert said.exit_code == 1
    assert says in said.stderr
    assert "nothing was written" in said.stderr
    assert not (program / "content/responses").exists()


def test_where_nothing_is_there_to_be_named_nobody_is_asked_for_it(tmp_path: Path) -> None:
    root = folder.write(tmp_path, folder.MINIMAL)
    said = _new(root, "response", [])
    assert said.exit_code == 1
    assert said.stderr == (
        "peerloom: nothing was written; the program has nothing yet that 'survey' could name\n"
    )


def test_a_survey_that_was_made_can_be_answered(program: Path) -> None:
    assert _new(program, "survey", KINDS["survey"][0]).exit_code == 0
    answers = ["start", "spring", "k7", "", "before", "", "2", "never", "It: is #1"]
    assert _new(program, "response", answers).exit_code == 0
    (wave,) = _record(program, "content/responses/start/spring/k7.yml")["waves"]
    assert wave["answers"] == {"trust": 2, "often": "never", "words": "It: is #1"}
    assert check(program, date.fromisoformat(TODAY)).diagnostics == ()


def test_a_check_in_without_an_answer_is_not_written(program: Path) -> None:
    about = ("cohort=spring", "pair=ada-grace", "due=2026-02-09", "participant=grace")
    ran = _new(program, "check-in", None, *about, "answered_on=2026-02-09")
    assert ran.exit_code == 1
    assert "nothing was written: a check-in needs an answer, such as met=true" in ran.stderr
    assert not list(program.rglob("2026-02-09-grace.yml"))
