"""Numbers changed in files that people wrote: everything else stays as they wrote it."""

from dataclasses import asdict

import pytest

from peerloom import source
from peerloom.model import Weights
from peerloom.yaml_edit import CannotEdit, set_numbers

KEYS = ("matching", "weights")
NEW = Weights(
    skills=7.25,
    goals=0,
    hours=2,
    languages=1,
    closeness=0.5,
    experience=1,
    preference=3,
    declared=1,
)
HEAD = "id: next  # the autumn one\nname: Next\nstarts: 2026-09-07\nends: 2027-01-29\n"
TAIL = "# Agreed in March.\ntraining:\n  - roles  # all of it\n"
BLOCK = (
    "  weights:\n    skills: 7.25\n    goals: 0\n    hours: 2\n    languages: 1\n"
    "    closeness: 0.5\n    experience: 1\n    preference: 3\n    declared: 1\n"
)
INLINE = (
    "skills: 7.25, goals: 0, hours: 2, languages: 1, closeness: 0.5, experience: 1, "
    "preference: 3, declared: 1"
)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (HEAD + TAIL, f"{HEAD}{TAIL}matching:\n{BLOCK}"),
        (
            f"{HEAD}matching:\n  # as in spring\n  shared_hours: 2  # at least\n{TAIL}",
            f"{HEAD}matching:\n{BLOCK}  # as in spring\n  shared_hours: 2  # at least\n{TAIL}",
        ),
        (
            f"{HEAD}matching:\n  floor: 0.4\n  weights:\n    # most of all\n    skills: 4  # !\n"
            f"    goals:   0\n  shared_hours: 2\n{TAIL}",
            f"{HEAD}matching:\n  floor: 0.4\n  weights:\n    hours: 2\n    languages: 1\n"
            "    closeness: 0.5\n    experience: 1\n    preference: 3\n    declared: 1\n"
            f"    # most of all\n    skills: 7.25  # !\n    goals:   0\n  shared_hours: 2\n{TAIL}",
        ),
        (
            f"{HEAD}matching: {{shared_hours: 2}}  # short\n{TAIL}",
            f"{HEAD}matching: {{weights: {{{INLINE}}}, shared_hours: 2}}  # short\n{TAIL}",
        ),
        (
            f"{HEAD}matching:\n  weights: {{}}\n{TAIL}",
            f"{HEAD}matching:\n  weights: {{{INLINE}}}\n{TAIL}",
        ),
        (
            f"{HEAD}matching:\n  weights: {{skills: 4, goals: 4.5}}\n{TAIL}",
            f"{HEAD}matching:\n  weights: {{{INLINE.removeprefix('skills: 7.25, goals: 0, ')}, "
            f"skills: 7.25, goals: 0}}\n{TAIL}",
        ),
        (f"{HEAD}matching:\n{BLOCK}".rstrip(), None),
        (
            f"{HEAD}matching:\n  shared_hours: 2\n".replace("\n", "\r\n"),
            f"{HEAD}matching:\n{BLOCK}  shared_hours: 2\n".replace("\n", "\r\n"),
        ),
        (HEAD.rstrip(), f"{HEAD}matching:\n{BLOCK}"),
        (HEAD.replace("\n", "\r\n"), f"{HEAD}matching:\n{BLOCK}".replace("\n", "\r\n")),
    ],
)
def test_new_weights_leave_all_else_in_a_file_as_it_was_written(old: str, new: str | None) -> None:
    text = set_numbers(old, KEYS, asdict(NEW))
    assert text == (old if new is None else new)
    assert source.parse(text.encode()).value["matching"]["weights"] == asdict(NEW)
    assert set_numbers(text, KEYS, asdict(NEW)) == text


@pytest.mark.parametrize(
    "matching",
    [
        "{\n",
        "matching:\n",
        "matching: []\n",
        "matching:\n  weights:\n",
        "matching:\n  weights:\n    ? skills\n    : 4\n",
        'matching:\n  weights:\n    skills: "4"\n',
        "matching:\n  weights: !!map\n    skills: 4\n",
    ],
)
def test_a_file_in_an_unusual_form_stays_and_the_message_says_what_to_write(matching: str) -> None:
    with pytest.raises(CannotEdit) as refused:
        set_numbers(HEAD + matching, KEYS, asdict(NEW))
    assert str(refused.value) == f"matching:\n{BLOCK}".rstrip()
