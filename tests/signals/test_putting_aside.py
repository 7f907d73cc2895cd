"""Signals that last until a coordinator puts them aside, and come back when it gets worse."""

from datetime import date
from pathlib import Path

import pytest

import folder
from peerloom.as_of.program import program_as_of
from peerloom.program import load
from peerloom.signals import find_signals

SAID = {
    "safety": "challenges: He threatened me.",
    "support": "support_wanted: true",
    "fit": "fit: not_good",
    "rating": "ratings: {relationship: 2}",
}
FIRST, SECOND, THIRD = "2026-01-26", "2026-02-09", "2026-02-23"
WELL = "fit: good\nratings: {relationship: 4}"


def check_in(due: str, body: str, known: str = "", who: str = "grace") -> dict[str, str]:
    """The file of a check-in, by its path."""
    day = known or due
    return {
        f"content/check-ins/spring/ada-grace/{due}-{who}.yml": (
            f"cohort: spring\npair: ada-grace\ndue: {due}\nparticipant: {who}\n"
            f"answered_on: {day}\nreceived_on: {day}\nreceived_by: github\n{body}\n"
        )
    }


def put_aside(signal: str, on: str, *more: str) -> dict[str, str]:
    """The file of a follow-up with one entry, by its path."""
    keys = "".join(f"    {each}\n" for each in (f"on: {on}", "reason: We spoke.", *more))
    head = "cohort: spring\npair: ada-grace\nentries:\n"
    return {
        "content/follow-ups/spring/ada-grace.yml": f"{head}  - signal: {signal}\n{keys}",
    }


def people(tmp_path: Path, day: str, signal: str, *files: dict[str, str]) -> list[str]:
    """Whom a signal names on a day in a program with these files."""
    root = folder.write(tmp_path, folder.MINIMAL)
    for each in files:
        folder.write(root, each)
    today = date.fromisoformat(day)
    assert folder.errors(root, today) == []
    program = program_as_of(load(root).program, today)
    return [who for s in find_signals(program, today) if s.id == signal for who in s.people]


@pytest.mark.parametrize("signal", SAID)
class TestWhatSomebodySaid:
    def test_it_stays_open_after_newer_answers(self, signal: str, tmp_path: Path) -> None:
        files = (check_in(FIRST, SAID[signal]), check_in(SECOND, WELL), check_in(THIRD, WELL))
        assert people(tmp_path, "2026-06-01", signal, *files) == ["grace"]

    def test_it_is_quiet_from_the_day_on_which_it_is_put_aside(
        self, signal: str, tmp_path: Path
    ) -> None:
        files = (check_in(FIRST, SAID[signal]), put_aside(signal, "2026-02-01"))
        assert people(tmp_path, "2026-02-01", signal, *files) == []
        assert people(tmp_path, "2026-05-01", signal, *files) == []
        open_before = program_as_of(load(tmp_path).program, date(2026, 1, 31))
        assert signal in {s.id for s in find_signals(open_before, date(2026, 1, 31))}

    def test_it_stays_open_if_another_signal_or_what_the_other_said_is_put_aside(
        self, signal: str, tmp_path: Path
    ) -> None:
        other = "support" if signal == "fit" else "fit"
        said = check_in(FIRST, SAID[signal])
        assert people(tmp_path, "2026-02-02", signal, said, put_aside(other, "2026-02-01")) == [
            "grace"
        ]
        of_ada = put_aside(signal, "2026-02-01", "participant: ada")
        assert people(tmp_path, "2026-02-02", signal, said, of_ada) == ["grace"]

    def test_it_comes_back_for_what_is_received_later_for_the_same_date(
        self, signal: str, tmp_path: Path
    ) -> None:
        files = (
            check_in(FIRST, SAID[signal], known="2026-03-01"),
            put_aside(signal, "2026-02-01"),
        )
        assert people(tmp_path, "2026-03-02", signal, *files) == ["grace"]


@pytest.mark.parametrize("signal", ["safety", "support", "fit"])
def test_what_is_said_again_comes_back(signal: str, tmp_path: Path) -> None:
    files = (
        check_in(FIRST, SAID[signal]),
        put_aside(signal, "2026-02-01", "participant: grace", f"due: {FIRST}"),
        check_in(SECOND, SAID[signal]),
    )
    assert people(tmp_path, "2026-02-10", signal, *files) == ["grace"]


@pytest.mark.parametrize(
    ("next_rating", "comes_back"), [(1, True), (2, False), (3, False), (4, False)]
)
def test_a_low_rating_that_was_put_aside_comes_back_only_when_it_is_lower(
    next_rating: int, comes_back: bool, tmp_path: Path
) -> None:
    files = (
        check_in(FIRST, SAID["rating"]),
        put_aside("rating", "2026-02-01"),
        check_in(SECOND, f"ratings: {{relationship: {next_rating}}}"),
        check_in(THIRD, f"ratings: {{relationship: {next_rating}}}"),
    )
    assert bool(people(tmp_path, "2026-03-01", "rating", *files)) is comes_back


def test_a_low_rating_comes_back_after_a_better_one(tmp_path: Path) -> None:
    files = (
        check_in(FIRST, SAID["rating"]),
        put_aside("rating", "2026-02-01"),
        check_in(SECOND, "ratings: {relationship: 3}"),
        check_in(THIRD, SAID["rating"]),
    )
    assert people(tmp_path, "2026-03-01", "rating", *files) == ["grace"]
