"""Programs with hardly anything in them, or with far too much: their reports are sentences."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

import folder
from peerloom.cli.command import peerloom

PAIR = folder.MINIMAL["content/pairs/spring/ada-grace.yml"]
PAIR_PATH = "content/pairs/spring/ada-grace.yml"
FORMATS = ("md", "html", "csv", "json")


def check_in(due: str, who: str, more: str = "") -> dict[str, str]:
    path = f"content/check-ins/spring/ada-grace/{due}-{who}.yml"
    text = f"cohort: spring\npair: ada-grace\ndue: {due}\nparticipant: {who}\n"
    return {path: f"{text}answered_on: 2026-03-20\n{more}"}


def constant_survey() -> Iterator[tuple[str, str]]:
    cohort = folder.MINIMAL["content/cohorts/spring.yml"]
    yield "content/cohorts/spring.yml", f"{cohort}surveys: [feeling]\n"
    yield (
        "content/surveys/feeling.yml",
        "id: feeling\ntitle: Feeling\nwaves: [before, after]\nitems:\n"
        "  - {id: sure, text: I am sure, kind: scale, scale: {lowest: 1, highest: 5}}\n",
    )
    for number in range(6):
        waves = "".join(
            f"  - {{wave: {wave}, answered_on: {on}, answers: {{sure: {value}}}}}\n"
            for wave, on, value in (("before", "2026-01-14", 3), ("after", "2026-06-28", 4))
        )
        text = f"survey: feeling\ncohort: spring\ncode: c{number}\nwaves:\n{waves}"
        yield f"content/responses/feeling/spring/c{number}.yml", text


def many_goals() -> Iterator[tuple[str, str]]:
    for pair in range(500):
        goals = "".join(
            f"  - {{id: goal-{n}, title: Goal {n} of {pair}, set_on: 2026-01-20}}\n"
            for n in range(20)
        )
        text = PAIR.partition("goals:")[0].replace("ada-grace", f"pair-{pair}")
        yield f"content/pairs/spring/pair-{pair}.yml", f"{text}goals:\n{goals}"


def overlapping() -> Iterator[tuple[str, str]]:
    """A second cohort on the same days, of the same people in the same pair."""
    for path, text in folder.MINIMAL.items():
        if path.startswith("content/cohorts/"):
            yield "content/cohorts/second.yml", text.replace("spring", "second")
        elif path.startswith("content/pairs/"):
            yield "content/pairs/second/ada-grace.yml", text.replace("spring", "second")
        elif path.startswith("content/participants/"):
            again = text.replace("  - cohort: spring\n", "  - cohort: second\n")
            parts = again.partition("cohorts:\n")[2].partition("\nskills")[0].split("consent")[0]
            yield path, text.replace("cohorts:\n", f"cohorts:\n{parts.rstrip()}\n", 1)


ODD: dict[str, tuple[dict[str, str], str]] = {
    "no check-ins": ({}, "No meeting was reported for this time."),
    "one check-in": (check_in("2026-01-26", "ada"), "Of 8 whose time was up, 1 came (13%)"),
    "all on one day": (
        {
            **check_in("2026-01-26", "ada", "meetings: [{on: 2026-03-20, minutes: 30}]\n"),
            **check_in("2026-01-26", "grace", "meetings: [{on: 2026-03-20, minutes: 30}]\n"),
            **check_in("2026-02-09", "ada", "meetings: [{on: 2026-03-20, minutes: 30}]\n"),
        },
        "1 of 1 pair (100%) met, once in all.",
    ),
    "a constant": (dict(constant_survey()), "1 pair"),
    "a pause without an end": (
        {PAIR_PATH: PAIR.replace("active", "paused") + "pauses: [{starts: 2026-02-01}]\n"},
        "1 is taking a break",
    ),
    "10,000 goals": (dict(many_goals()), "The pairs set 10,001 goals."),
    "overlapping cohorts": (dict(overlapping()), "1 pair began"),
}


def run(root: Path, *words: str) -> str:
    result = CliRunner().invoke(peerloom, ["-C", str(root), *words, "--today", "2026-03-25"])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("odd", ODD)
def test_a_report_of_an_odd_program_is_sentences_and_never_nan(odd: str, tmp_path: Path) -> None:
    files, sentence = ODD[odd]
    root = folder.write(tmp_path, folder.MINIMAL | files)
    for form in FORMATS:
        text = run(root, "report", "spring", "--audience", "coordinators", "--format", form)
        assert "nan" not in text.lower().replace("finance", "").split()
        assert "NaN" not in text
    assert sentence in run(root, "report", "spring", "--audience", "coordinators")
    assert run(root, "attention")


def test_where_everybody_changed_by_the_same_the_interval_cannot_be_computed(
    tmp_path: Path,
) -> None:
    root = folder.write(tmp_path, folder.MINIMAL | dict(constant_survey()))
    words = ["report", "spring", "--audience", "coordinators", "--today", "2026-07-20"]
    text = CliRunner().invoke(peerloom, ["-C", str(root), *words]).stdout
    assert "Where everybody changed by the same, an interval cannot be computed." in text
    assert "+1.00" in text


@pytest.mark.parametrize(
    ("days", "why"),
    [
        (["--to", "2025-12-31"], "must not be before the cohort starts, on 12 January 2026"),
        (["--from", "2026-03-26"], "must not be after today, 25 March 2026"),
        (["--from", "2026-03-02", "--to", "2026-03-01"], "must not be after the last"),
    ],
)
def test_days_outside_of_the_cohort_are_refused_in_a_sentence(
    tmp_path: Path, days: list[str], why: str
) -> None:
    root = folder.write(tmp_path, folder.MINIMAL)
    words = ["-C", str(root), "report", "spring", *days, "--today", str(date(2026, 3, 25))]
    words += ["--audience", "coordinators"]
    result = CliRunner().invoke(peerloom, words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert why in " ".join(result.stderr.split())
