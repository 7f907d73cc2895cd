"""Who mentors in several cohorts is told of once, and by those that run at one time."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import folder
from peerloom.program import check, load
from peerloom.signals import find_signals

TODAY = date(2026, 3, 1)
# The spring of the small program, in which Ada mentors one, runs until June.
BEGINS = {"spring": date(2026, 1, 12), "summer": date(2026, 2, 2), "autumn": date(2026, 9, 1)}


def _tell_cohort(id_: str, begins: date) -> dict[str, str]:
    text = f"id: {id_}\nname: Another\nstarts: {begins}\nends: 2027-01-31\n"
    return {f"content/cohorts/{id_}.yml": text}


def _tell_mentee(number: int, cohort: str, begins: date) -> dict[str, str]:
    mentee = f"mentee-{number}"
    status = f"status: active\nstarted_on: {begins}\n"
    if begins > TODAY:
        status = "status: proposed\nproposed_on: 2026-02-20\n"
    return {
        f"content/participants/{mentee}.yml": (
            f"id: {mentee}\nname: Mentee {number}\n"
            f"cohorts:\n  - cohort: {cohort}\n    role: mentee\n"
            "consent:\n  given_on: 2026-01-03\n  show: members\n"
        ),
        f"content/pairs/{cohort}/ada-{mentee}.yml": (
            f"id: ada-{mentee}\ncohort: {cohort}\nmentor: ada\nmentee: {mentee}\n{status}"
        ),
    }


def list_overloads(
    root: Path, begins: dict[str, date], mentees: Iterable[str]
) -> list[tuple[str, str]]:
    """Return where it is told that Ada mentors too many, and why.

    She also mentors somebody in each cohort that `mentees` names, as often as it does.
    """
    files, others = dict(folder.MINIMAL), sorted(begins.keys() - {"spring"})
    memberships = "".join(f"  - cohort: {id_}\n    role: mentor\n" for id_ in others)
    files["content/participants/ada.yml"] = files["content/participants/ada.yml"].replace(
        "    role: mentor\n", f"    role: mentor\n{memberships}"
    )
    for id_ in others:
        files |= _tell_cohort(id_, begins[id_])
    for number, cohort in enumerate(mentees):
        files |= _tell_mentee(number, cohort, begins[cohort])
    folder.write(root, files)
    assert [d for d in check(root, TODAY).diagnostics if d.severity == "error"] == []
    found = find_signals(load(root).program, TODAY)
    return [(each.cohort, each.why) for each in found if each.id == "over-capacity"]


def test_pairs_of_a_cohort_that_begins_later_are_not_too_many_now(tmp_path: Path) -> None:
    winter = BEGINS["spring"].replace(year=2027)
    begins = {"spring": BEGINS["spring"], "winter": winter}
    assert list_overloads(tmp_path, begins, ("spring", "winter", "winter")) == []


def test_too_many_at_a_time_are_told_once_although_more_begin_later(tmp_path: Path) -> None:
    mentees = ("spring", "summer", "summer", "autumn")
    [(cohort, why)] = list_overloads(tmp_path, BEGINS, mentees)
    assert cohort == "spring"
    assert why == "Ada Example mentors 4 at a time; 3 are plenty"
