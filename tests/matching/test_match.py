"""Whom of a cohort to match with whom, as a coordinator gets it from `peerloom match`."""

import json
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner, Result

import folder
import runner
from peerloom import source
from peerloom.cli.command import peerloom
from peerloom.matching import constraints, output
from peerloom.matching.arrays import Bools, Ints
from peerloom.matching.circles import explanation as circle_explanation
from peerloom.matching.constraints import CONSTRAINTS, Constraint
from peerloom.matching.explanation import why_unmatched
from peerloom.pages import render_pages
from peerloom.program import load

TODAY = "2026-01-05"
EVENINGS = [{"day": "tuesday", "starts": "18:00", "ends": "21:00"}]
MORNINGS = [{"day": "friday", "starts": "08:00", "ends": "10:00"}]


def person(id_: str, role: str, **more: Any) -> dict[str, Any]:
    part = {"cohort": "spring", "role": role}
    part |= {key: more.pop(key) for key in ("capacity", "team", "joined") if key in more}
    said = {"id": id_, "name": f"{id_.title()} Example", "cohorts": [part]}
    return said | {"consent": {"given_on": "2026-01-02", "show": "public"}} | more


def mentor(id_: str, *offers: str, **more: Any) -> dict[str, Any]:
    return person(id_, "mentor", skills_offered=[{"skill": skill} for skill in offers], **more)


def mentee(id_: str, *wants: str, **more: Any) -> dict[str, Any]:
    return person(id_, "mentee", skills_wanted=[{"skill": skill} for skill in wants], **more)


def program(root: Path, *people: dict[str, Any], pairs: Any = (), **matching: Any) -> Path:
    files = {
        path: text
        for path, text in folder.MINIMAL.items()
        if "/pairs/" not in path and "/participants/" not in path
    }
    if matching:
        files["content/cohorts/spring.yml"] += source.dump({"matching": matching})
    files |= {f"content/participants/{p['id']}.yml": source.dump(p) for p in people}
    files |= {f"content/pairs/{p['cohort']}/{p['id']}.yml": source.dump(p) for p in pairs}
    return folder.write(root, files)


def run(root: Path, *words: str, command: str = "match") -> Result:
    line = ["-C", str(root), command, "spring", *words, "--today", TODAY]
    return CliRunner().invoke(peerloom, line, catch_exceptions=False)


def explain(root: Path, *words: str) -> Result:
    return run(root, *words, command="explain")


def shortlist(root: Path, *words: str) -> Result:
    return run(root, *words, command="shortlist")


def proposed(root: Path, *words: str) -> dict[str, Any]:
    said = run(root, *words, "--format", "json")
    assert (said.exit_code, said.stderr) == (0, "")
    return json.loads(said.stdout)


def two(value: dict[str, Any]) -> set[tuple[str, str]]:
    return {(pair["mentor"], pair["mentee"]) for pair in value["pairs"]}


def why(value: dict[str, Any], id_: str) -> tuple[str, str]:
    (left,) = (left for left in value["unmatched"] if left["id"] == id_)
    return left["barrier"], left["change"]


def blocked(root: Path, one: str, other: str) -> list[str]:
    value = json.loads(shortlist(root, "--format", "json").stdout)
    (ranked,) = (m["candidates"] for m in value["mentees"] if m["id"] == one)
    (found,) = (c["blocked_by"] for c in ranked if c["id"] == other)
    return found


def test_each_mentee_gets_the_mentor_who_offers_what_they_want(tmp_path: Path) -> None:
    people = mentor("ada", "python"), mentor("bola", "statistics")
    root = program(tmp_path, *people, mentee("cem", "statistics"), mentee("dee", "python"))
    value = proposed(root)
    assert two(value) == {("bola", "cem"), ("ada", "dee")}
    assert value["unmatched"] == []
    for pair in value["pairs"]:
        assert 0 < pair["score"] <= 1
        assert all(0 <= score <= 1 for score in pair["criteria"].values())
    assert value["pairs"][0]["reasons"][0] == (
        "Bola Example offers Statistics; Cem Example wants Statistics"
    )


HELD = {
    "language": ({"languages": ["pt-BR"]}, {"languages": ["fr", "en"]}, {}),
    "hours": (
        {"availability": EVENINGS, "time_zone": "Europe/Lisbon"},
        {"availability": MORNINGS, "time_zone": "Europe/Lisbon"},
        {"shared_hours": 1},
    ),
    "excluded": ({"excluded": ["dee"]}, {}, {}),
    "conflict": (
        {"conflicts": {"household": "House by the  mill"}},
        {"conflicts": {"household": "house by the mill"}},
        {},
    ),
    "forbidden": ({}, {}, {"forbids": [["dee", "ada"]]}),
    "consent": ({"consent": None}, {}, {}),
    "training": ({}, {}, {"training_required": True}),
}
HOLDS = {
    "language": ({"languages": ["pt-BR"]}, {"languages": ["pt"]}, {}),
    "hours": (
        {"availability": EVENINGS, "time_zone": "Europe/Lisbon"},
        {"availability": EVENINGS, "time_zone": "Europe/Paris"},
        {"shared_hours": 2},
    ),
    "excluded": ({"excluded": ["ben"]}, {}, {}),
    "conflict": (
        {"conflicts": {"household": "House by the mill"}},
        {"conflicts": {"line_manager": "house by the mill"}},
        {},
    ),
    "forbidden": ({}, {}, {"forbids": [["dee", "ben"]]}),
    "consent": ({}, {}, {}),
    "training": ({}, {}, {"training_required": False}),
}


FREED_BY = {
    "language": "add a language that both speak under 'languages'",
    "hours": "find 1 more hour a week with Ada Example, or ask for fewer",
    "excluded": "nothing: one of the two asked for it",
    "conflict": "nothing, unless 'conflicts' is out of date",
    "forbidden": "take the two out of 'forbids'",
    "consent": "ask Ada Example and write 'consent' in their record",
    "training": "finish the modules that are missing under 'training'",
}


def a_case(root: Path, case: tuple[dict[str, Any], dict[str, Any], dict[str, Any]]) -> Path:
    ours, theirs, matching = case
    people = [mentor("ada", "python") | ours, mentee("dee", "python") | theirs]
    clean = [{k: v for k, v in p.items() if v is not None} for p in people]
    ben = {k: v for k, v in mentee("ben").items() if k != "consent"}
    root = program(root, *clean, ben, **matching)
    module = "---\ntitle: Roles\nminutes: 20\nroles: [mentor, mentee]\n---\n\nText.\n"
    folder.write(root, {"content/training/roles.md": module})
    cohort = root / "content/cohorts/spring.yml"
    cohort.write_text(cohort.read_text(encoding="utf-8") + "training: [roles]\n", encoding="utf-8")
    return root


@pytest.mark.parametrize("id_", HELD)
def test_what_must_hold_keeps_two_apart_and_is_told_with_what_would_free_them(
    id_: str, tmp_path: Path
) -> None:
    root = a_case(tmp_path, HELD[id_])
    assert blocked(root, "dee", "ada") == [id_]
    value = proposed(root)
    assert two(value) == set()
    assert why(value, "dee") == (id_, FREED_BY[id_])
    said = explain(root, "dee", "ada").stdout
    assert f"not possible ({id_}): what keeps Dee Example from Ada Example: " in said
    assert f"  to change it: {FREED_BY[id_]}\n" in said


@pytest.mark.parametrize(("withdrawn", "kept_apart"), [("everything", ["consent"]), ("show", [])])
def test_somebody_is_not_matched_any_more_once_they_withdrew_everything(
    withdrawn: str, kept_apart: list[str], tmp_path: Path
) -> None:
    consent = {"given_on": "2026-01-02", "show": "public", "withdrawn": {withdrawn: "2026-01-03"}}
    root = a_case(tmp_path, ({"consent": consent}, {}, {}))
    assert blocked(root, "dee", "ada") == kept_apart


@pytest.mark.parametrize("id_", HOLDS)
def test_what_nearly_keeps_two_apart_does_not(id_: str, tmp_path: Path) -> None:
    root = a_case(tmp_path, HOLDS[id_])
    assert blocked(root, "dee", "ada") == []
    assert two(proposed(root)) == {("ada", "dee")}


def test_every_constraint_has_a_case() -> None:
    others = {"same-person", "past-partner"}
    assert {c.id for c in CONSTRAINTS} == HELD.keys() | others
    assert HELD.keys() == HOLDS.keys()


@pytest.mark.parametrize("tie", ["line_manager", "advisor"])
def test_nobody_is_matched_with_who_leads_or_advises_them(tie: str, tmp_path: Path) -> None:
    dee = mentee("dee", "python", conflicts={tie: "ADA example"})
    assert blocked(program(tmp_path, mentor("ada", "python"), dee), "dee", "ada") == ["conflict"]


def ended(cohort: str, **more: Any) -> dict[str, Any]:
    pair = {"id": "ada-dee", "cohort": cohort, "mentor": "ada", "mentee": "dee"}
    return pair | {"status": "ended_early", "end_reason": "time", "ended_on": "2025-03-01"} | more


AUTUMN = "id: autumn\nname: Autumn\nstarts: 2025-01-12\nends: 2025-06-28\n"


def test_past_partners_are_matched_again_only_where_both_ask(tmp_path: Path) -> None:
    ada, dee = mentor("ada", "python"), mentee("dee", "python")
    for person_ in (ada, dee):
        person_["cohorts"].append({"cohort": "autumn", "role": person_["cohorts"][0]["role"]})
    for n, (ours, theirs) in enumerate([((), ()), (("dee",), ()), (("dee",), ("ada",))]):
        asked = (p | {"preferred": [*named]} for p, named in ((ada, ours), (dee, theirs)))
        root = program(tmp_path / str(n), *asked, pairs=[ended("autumn")])
        folder.write(root, {"content/cohorts/autumn.yml": AUTUMN})
        assert blocked(root, "dee", "ada") == ([] if n == 2 else ["past-partner"])


def test_what_stands_stays_and_who_lost_a_mentor_gets_another(tmp_path: Path) -> None:
    people = [mentor("ada", "python"), mentor("bola", "python", capacity=1)]
    people += [mentee("cem", "python"), mentee("dee", "python"), mentee("eli", "python")]
    cem = {"id": "bola-cem", "cohort": "spring", "mentor": "bola", "mentee": "cem"}
    cem |= {"status": "active", "started_on": "2026-01-14"}
    over = ended("spring", started_on="2026-01-02", ended_on="2026-01-04")
    root = program(tmp_path, *people, pairs=[cem, over])
    value = proposed(root)
    assert two(value) == {("ada", "eli")}
    assert why(value, "dee") == (
        "capacity",
        "ask Bola Example for one more place: they fit best",
    )


def test_a_team_takes_one_place_and_is_scored_by_what_all_of_them_wrote(tmp_path: Path) -> None:
    people = [mentor("ada", "python", "statistics", capacity=1), mentor("bola", capacity=1)]
    people += [mentee("cem", "python", team="maps"), mentee("dee", "statistics", team="maps")]
    value = proposed(program(tmp_path, *people))
    assert two(value) == {("ada", "cem"), ("ada", "dee")}
    assert {pair["team"] for pair in value["pairs"]} == {"maps"}
    assert {pair["criteria"]["skills"] for pair in value["pairs"]} == {1.0}
    assert why(value, "bola")[0] == "not needed"


def test_who_comes_late_to_a_team_joins_its_mentor(tmp_path: Path) -> None:
    people = [mentor("ada", "python", capacity=1), mentee("cem", "python", team="maps")]
    people += [mentee("dee", "python", team="maps")]
    pair = {"id": "ada-cem", "cohort": "spring", "mentor": "ada", "mentee": "cem", "team": "maps"}
    pair |= {"status": "active", "started_on": "2026-01-14"}
    value = proposed(program(tmp_path, *people, pairs=[pair]))
    assert two(value) == {("ada", "dee")}
    assert value["pairs"][0]["reasons"][0] == "Joins their team"


def test_two_who_would_be_either_become_peers_where_each_offers_what_the_other_wants(
    tmp_path: Path,
) -> None:
    ada = person("ada", "either", skills_offered=[{"skill": "python"}], capacity=1)
    bola = person("bola", "either", skills_wanted=[{"skill": "python"}], capacity=1)
    one = ada | {"skills_wanted": [{"skill": "statistics"}]}
    other = bola | {"skills_offered": [{"skill": "statistics"}]}
    root = program(tmp_path, one, other)
    value = proposed(root)
    assert value["summary"]["blocking_pairs"] == 0
    (pair,) = value["pairs"]
    assert (pair["mentor"], pair["mentee"], pair["peers"]) == ("bola", "ada", True)
    assert run(root, "--write").exit_code == 0
    (file,) = (root / "content/pairs/spring").glob("*.yml")
    assert source.parse(file.read_bytes()).value["peers"] == ["bola", "ada"]


def test_who_would_be_either_is_a_mentor_where_a_mentee_has_nobody_else(tmp_path: Path) -> None:
    ada = person("ada", "either", skills_offered=[{"skill": "python"}], capacity=1)
    assert two(proposed(program(tmp_path, ada, mentee("dee", "python")))) == {("ada", "dee")}


def test_a_pin_is_met_before_anything_is_weighed(tmp_path: Path) -> None:
    people = mentor("ada", "python", capacity=1), mentor("bola", "statistics", capacity=1)
    wishes = mentee("cem", "statistics"), mentee("dee", "python")
    root = program(tmp_path, *people, *wishes, pins=[{"mentor": "ada", "mentee": "cem"}])
    value = proposed(root)
    assert two(value) == {("ada", "cem"), ("bola", "dee")}
    reasons = {pair["mentee"]: pair["reasons"] for pair in value["pairs"]}
    assert reasons["cem"][0] == "Pinned by a coordinator"


def test_pins_that_contradict_are_told_and_the_best_that_is_possible_is_done(
    tmp_path: Path,
) -> None:
    people = mentor("ada", "python", capacity=1), mentor("bola", "python", capacity=1)
    wishes = mentee("cem", "python"), mentee("dee", "python", excluded=["bola"])
    pins = [("ada", "cem"), ("ada", "dee"), ("bola", "cem"), ("bola", "dee"), ("nobody", "dee")]
    root = program(tmp_path, *people, *wishes, pins=[{"mentor": m, "mentee": w} for m, w in pins])
    (root / "content/participants/nobody.yml").write_text(
        source.dump(person("nobody", "mentee")), encoding="utf-8"
    )
    value = proposed(root)
    assert ("ada", "cem") in two(value)
    assert [(pin["mentor"], pin["why"]) for pin in value["summary"]["lost_pins"]] == [
        ("ada", "the mentor has no place left"),
        ("bola", "the mentee has Ada Example already"),
        ("bola", "not allowed: excluded"),
        ("nobody", "the mentor is no mentor of this cohort"),
    ]


def test_a_pin_of_somebody_who_mentors_already_is_told(tmp_path: Path) -> None:
    ada = person("ada", "either", skills_offered=[{"skill": "python"}])
    people = ada, mentor("bola", "python"), mentee("dee", "python")
    pins = [{"mentor": "ada", "mentee": "dee"}, {"mentor": "bola", "mentee": "ada"}]
    value = proposed(program(tmp_path, *people, pins=pins))
    assert two(value) == {("ada", "dee")}
    assert value["summary"]["lost_pins"] == [
        {"mentor": "bola", "mentee": "ada", "why": "the mentee is a mentor already"}
    ]


def test_who_was_left_over_before_is_not_passed_over(tmp_path: Path) -> None:
    people = [mentor("ada", "python", capacity=1), mentee("cem", "python")]
    dee = mentee("dee", "statistics")
    dee["cohorts"].append({"cohort": "autumn", "role": "mentee"})
    root = program(tmp_path, *people, dee)
    folder.write(root, {"content/cohorts/autumn.yml": AUTUMN})
    value = proposed(root)
    assert two(value) == {("ada", "dee")}
    assert why(value, "cem") == (
        "capacity",
        "ask Ada Example for one more place: they fit best",
    )


def test_the_waitlist_says_which_mentors_to_look_for_by_how_many_they_would_serve(
    tmp_path: Path,
) -> None:
    people = [mentor("ada", "python", capacity=0)]
    people += [mentee(f"m{n}", "python", languages=["en"]) for n in range(3)]
    people += [mentee("dee", "statistics", languages=["pt"], availability=EVENINGS)]
    value = proposed(program(tmp_path, *people))
    first, second = value["summary"]["recruit"]
    assert (first["serves"], first["skills"]) == (["m0", "m1", "m2"], ["Python"])
    assert (second["serves"], second["languages"]) == (["dee"], ["Portuguese"])
    assert second["hours"][0] == "Tuesday 18:00 (Europe/Lisbon), 1 of 1 are free"


def choosing(root: Path, choices: str) -> Path:
    people = mentor("ada", "python", capacity=1), mentor("bola", "python", capacity=1)
    cem = mentee("cem", "python", preferred=["ada"])
    dee = mentee("dee", "python", preferred=["ada", "bola"])
    ada = people[0] | {"preferred": ["dee"]}
    return program(root, ada, people[1], cem, dee, choices=choices)


def test_choices_of_both_sides_come_first_where_the_cohort_says_so(tmp_path: Path) -> None:
    value = proposed(choosing(tmp_path, "first"))
    assert two(value) == {("ada", "dee"), ("bola", "cem")}
    assert value["summary"]["blocking_pairs"] == 0


def test_the_same_program_gives_the_same_bytes_whatever_the_order_of_its_people(
    tmp_path: Path,
) -> None:
    chance = random.Random(4)
    people = crowd(chance, 40)
    said = []
    for n in range(2):
        chance.shuffle(people)
        said.append(run(program(tmp_path / str(n), *people), "--format", "json").stdout)
    assert said[0] == said[1]


def crowd(chance: random.Random, many: int) -> list[dict[str, Any]]:
    skills = ["python", "statistics"]
    days = ["monday", "tuesday", "wednesday", "thursday"]
    people = []
    for n in range(many):
        free = [{"day": day, "starts": "17:00", "ends": "20:00"} for day in chance.sample(days, 2)]
        make = mentor if n % 2 else mentee
        more = {"availability": free, "also_offers": [], "capacity": chance.randint(1, 2)}
        if n % 2 == 0:
            del more["capacity"]
            more["also_wants"] = chance.sample(["maps", "testing", "writing", "talks"], 2)
        else:
            more["also_offers"] = chance.sample(["maps", "testing", "writing", "talks"], 2)
        people.append(make(f"p{n:03}", chance.choice(skills), **more))
    return people


def test_one_more_mentee_leaves_proposals_as_they_were_where_that_is_asked(tmp_path: Path) -> None:
    people = crowd(random.Random(7), 120)
    root = program(tmp_path, *people, shared_hours=2)
    before = two(proposed(root))
    assert run(root, "--write").exit_code == 0
    late = mentee("zoe", "python", also_wants=["maps"], availability=EVENINGS)
    folder.write(root, {"content/participants/zoe.yml": source.dump(late)})
    after = two(proposed(root, "--stable"))
    assert len(before & after) >= 0.95 * len(before)
    assert len(after) == len(before) + 1


def test_writing_again_changes_nothing_and_overruling_is_kept(tmp_path: Path) -> None:
    people = mentor("ada", "python", capacity=1), mentor("bola", "python", capacity=1)
    root = program(tmp_path, *people, mentee("cem", "python"), mentee("dee", "python"))
    assert run(root, "--write").exit_code == 0
    files = {p.name: p.read_text(encoding="utf-8") for p in root.rglob("pairs/spring/*.yml")}
    assert len(files) == 2
    again = run(root, "--write")
    assert again.stderr == "nothing was written: there is nothing new to propose\n"
    cem = next(p for p in root.rglob("pairs/spring/*.yml") if "cem" in p.name)
    other = "bola" if "ada" in cem.name else "ada"
    dee = next(p for p in root.rglob("pairs/spring/*.yml") if "dee" in p.name)
    dee.unlink()
    text = source.parse(cem.read_bytes()).value | {"mentor": other, "id": f"{other}-cem"}
    cem.unlink()
    folder.write(root, {f"content/pairs/spring/{other}-cem.yml": source.dump(text)})
    assert two(proposed(root)) == {("ada" if other == "bola" else "bola", "dee")}


def test_a_written_proposal_is_a_sound_record_with_times_for_both(tmp_path: Path) -> None:
    ada = mentor("ada", "python", availability=EVENINGS, time_zone="America/Lima")
    late = [{"day": "wednesday", "starts": "00:00", "ends": "03:00"}]
    dee = mentee("dee", "python", availability=late, time_zone="Europe/Lisbon")
    root = program(tmp_path, ada, dee)
    assert run(root, "--write").exit_code == 0
    value = source.parse((root / "content/pairs/spring/ada-dee.yml").read_bytes()).value
    assert value["status"] == "proposed"
    assert value["match"]["times"] == [
        "Wednesday 00:00 for Dee Example (Europe/Lisbon); Tuesday 19:00, 18:00 in some weeks for "
        "Ada Example (America/Lima)",
        "Wednesday 01:00 for Dee Example (Europe/Lisbon); Tuesday 20:00, 19:00 in some weeks for "
        "Ada Example (America/Lima)",
    ]
    said = CliRunner().invoke(peerloom, ["-C", str(root), "check", "--today", TODAY])
    assert said.exit_code == 0, said.output


def test_why_and_why_not_are_told_with_names_for_coordinators_alone(tmp_path: Path) -> None:
    people = mentor("ada", "python", capacity=1), mentor("bola", "statistics", capacity=1)
    wishes = mentee("cem", "python", "statistics"), mentee("dee", "python")
    root = program(tmp_path, *people, *wishes)
    said = explain(root, "cem", "ada").stdout
    assert "Cem Example has Bola Example" in said
    assert "Dee Example: Ada Example" in said
    hidden = explain(root, "cem", "ada", "--audience", "members").stdout
    assert "Dee" not in hidden
    assert "Bola" not in hidden


def test_a_shortlist_for_one_says_what_each_would_cost_the_others(tmp_path: Path) -> None:
    people = mentor("ada", "python", capacity=1), mentor("bola", "statistics", capacity=1)
    wishes = mentee("cem", "python", "statistics"), mentee("dee", "python")
    root = program(tmp_path, *people, *wishes)
    lines = shortlist(root, "cem").stdout.splitlines()
    assert [line for line in lines if not line.startswith(" ")] == [
        "1. Bola Example, 0.82",
        "2. Ada Example, 0.71",
    ]
    assert "  this is the proposal" in lines
    assert any("others' scores would sum to" in line for line in lines)


NOBODY = {
    "no mentors": [mentee("dee", "python")],
    "no mentees": [mentor("ada", "python")],
    "nobody": [],
    "everyone excluded": [mentor("ada", excluded=["dee"]), mentee("dee", excluded=["ada"])],
    "capacity zero": [mentor("ada", "python", capacity=0), mentee("dee", "python")],
    "never free together": [
        mentor("ada", "python", availability=MORNINGS),
        mentee("dee", "python", availability=EVENINGS),
    ],
}


@pytest.mark.parametrize("case", NOBODY)
def test_where_nobody_can_be_matched_everybody_is_told_why(case: str, tmp_path: Path) -> None:
    root = program(tmp_path, *NOBODY[case], shared_hours=1)
    value = proposed(root)
    assert value["pairs"] == []
    assert [left["id"] for left in value["unmatched"]] == sorted(p["id"] for p in NOBODY[case])
    assert all(left["why"] and left["change"] for left in value["unmatched"])
    assert run(root).exit_code == 0
    assert shortlist(root).exit_code == 0


LONG = {
    "200 skills": {"also_wants": [f"skill number {n}" for n in range(200)]},
    "a goal of 10,000 words": {"goals": [{"title": "All", "detail": "river data " * 900}]},
    "a goal in Chinese": {"goals": [{"title": "我想学习编程和统计", "detail": "数据分析" * 300}]},
    "all profiles empty": {},
    "signs": {"about": "🦉 ::set-output name=x::y $(rm -rf ~) <b>@ada</b>"},
}


@pytest.mark.parametrize("case", LONG)
def test_whatever_somebody_wrote_they_get_the_best_that_is_possible(
    case: str, tmp_path: Path
) -> None:
    root = program(tmp_path, mentor("ada"), person("dee", "mentee") | LONG[case])
    said = run(root)
    assert said.exit_code == 0, said.output
    assert said.stdout.splitlines()[0].startswith("Ada Example mentors Dee Example: ")


def test_the_docs_print_what_is_used_as_it_is(tmp_path: Path) -> None:
    docs = (Path(__file__).parents[2] / "docs/matching.md").read_text(encoding="utf-8")
    said = run_criteria(program(tmp_path))
    assert f"```text\n$ peerloom criteria spring\n{said}```\n" in docs, f"it must be:\n{said}"


def test_a_pair_that_ended_in_this_cohort_is_not_proposed_again(tmp_path: Path) -> None:
    ada, dee = mentor("ada", "python", preferred=["dee"]), mentee("dee", preferred=["ada"])
    over = ended("spring", started_on="2026-01-02", ended_on="2026-01-04")
    value = proposed(program(tmp_path, ada, dee, pairs=[over]))
    assert why(value, "dee") == (
        "past-partner",
        "set back the status of their pair here; for one elsewhere, both name the other",
    )


def test_who_was_put_in_by_hand_stays_and_nothing_is_said_of_the_one_before(
    tmp_path: Path,
) -> None:
    people = mentor("ada", "python", capacity=1), mentor("bola", "statistics", capacity=1)
    root = program(tmp_path, *people, mentee("dee", "python"))
    assert run(root, "--write").exit_code == 0
    file = root / "content/pairs/spring/ada-dee.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("mentor: ada\n", "mentor: bola\n"), encoding="utf-8")
    assert proposed(root, "--stable")["pairs"] == []
    assert proposed(root, "--anew")["pairs"] == []
    page = render_pages(load(root).program, date(2026, 1, 5), "coordinators")[
        "pairs/spring/ada-dee.md"
    ]
    assert "Bola Example" in page
    assert "Ada Example" not in page


def late(root: Path, ada: dict[str, Any], **dee: Any) -> dict[str, Any]:
    people = [mentor("ada", "python", capacity=1) | ada, mentee("cem", "python", team="maps")]
    pair = {"id": "ada-cem", "cohort": "spring", "mentor": "ada", "mentee": "cem", "team": "maps"}
    pair |= {"status": "active", "started_on": "2026-01-14"}
    return proposed(program(root, *people, mentee("dee", team="maps", **dee), pairs=[pair]))


@pytest.mark.parametrize("dee", [{"excluded": ["ada"]}, {"languages": ["ja"]}])
def test_who_comes_late_and_cannot_join_their_team_is_told(
    dee: dict[str, Any], tmp_path: Path
) -> None:
    value = late(tmp_path, {"languages": ["en"]}, **dee)
    assert value["pairs"] == []
    assert why(value, "dee") == ("team", "take 'team' out of their record, to match them alone")


def test_two_who_are_mentor_and_mentee_both_are_one_pair(tmp_path: Path) -> None:
    both = []
    for id_, offers, wants in (("ada", "python", "statistics"), ("bola", "statistics", "python")):
        made = mentor(id_, offers, skills_wanted=[{"skill": wants}])
        made["cohorts"].append({"cohort": "spring", "role": "mentee"})
        both.append(made)
    root = program(tmp_path, *both)
    assert len(proposed(root)["pairs"]) == 1
    assert run(root, "--write").exit_code == 0
    said = CliRunner().invoke(peerloom, ["-C", str(root), "check", "--today", TODAY])
    assert said.exit_code == 0, said.output


def test_a_tie_by_name_is_with_everybody_of_that_name(tmp_path: Path) -> None:
    people = [mentor(id_, "python", name="Sam Lée") for id_ in ("sam", "sam-2")]
    dee = mentee("dee", "python", conflicts={"line_manager": "sam le\u0301e"})
    value = proposed(program(tmp_path, *people, dee))
    assert value["pairs"] == []


def test_each_of_a_team_can_talk_with_their_mentor(tmp_path: Path) -> None:
    team = [mentee(i, team="maps", languages=[t]) for i, t in (("cem", "en"), ("dee", "ja"))]
    people = [mentor("ada", languages=["en"]), *team]
    assert blocked(program(tmp_path / "one", *people), "cem", "ada") == ["language"]
    both = program(tmp_path / "both", mentor("bola", languages=["en", "ja"]), *people)
    assert two(proposed(both)) == {("bola", "cem"), ("bola", "dee")}


def test_members_read_nothing_that_only_coordinators_may(tmp_path: Path) -> None:
    people = mentor("ada", "python", preferred=["dee"]), mentor("bola", excluded=["dee"])
    root = program(tmp_path, *people, mentee("dee", "python", preferred=["ada"]))
    audience = ["--audience", "members"]
    said = explain(root, "dee", *audience).stdout
    said += explain(root, "dee", "bola", *audience).stdout
    assert "not possible: a constraint is not met" in said
    assert not [word for word in ("named", "preference", "excluded") if word in said]


@pytest.mark.parametrize(
    "line",
    [
        *("match", "match --format md", "shortlist", "shortlist dee", "explain dee"),
        *("explain dee ada", "circles", "circles --supervision", "criteria", "learn"),
    ],
)
def test_nothing_that_people_wrote_commands_github(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = "::error::pwn", "::warning::y ##[error]z"
    people = mentor("ada", "python", name=names[0]), mentee("dee", "python", name=names[1])
    root = program(tmp_path, *people)
    command, *words = line.split()
    names_nobody = {"match --format md", "circles", "criteria", "learn"}
    said = run(root, *words, command=command).stdout
    assert any(name in said for name in names) or line in names_nobody
    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    assert runner.commands(run(root, *words, command=command).stdout) == []


WRONG = {
    "explain": "Missing argument 'MENTEE'.",
    "explain ada": "'ada' mentors here; ask with 'peerloom shortlist spring ada'",
    "explain dea": "'dea' must be a mentee of 'spring'; did you mean 'dee'?",
    "shortlist dea": "'dea' must be a participant of 'spring'; did you mean 'dee'?",
}


@pytest.mark.parametrize("line", WRONG)
def test_a_command_that_is_wrong_is_told_what_it_takes(line: str, tmp_path: Path) -> None:
    root = program(tmp_path, mentor("ada", "python"), mentee("dee", "python"))
    command, *words = line.split()
    said = run(root, *words, command=command)
    assert (said.exit_code, said.stdout) == (2, "")
    assert said.stderr.splitlines()[-1] == f"Error: {WRONG[line]}"


def test_of_two_options_that_exclude_each_other_the_last_one_counts(tmp_path: Path) -> None:
    root = program(tmp_path, mentor("ada", "python"), mentee("dee", "python"))
    assert run(root, "--pull-request", "--write").exit_code == 0
    assert [*(root / "content/pairs/spring").iterdir()]
    folder.write(
        root,
        {
            f"content/participants/{id_}.yml": source.dump(mentee(id_, "statistics"))
            for id_ in ("dee", "eli")
        },
    )
    both = [two(proposed(root, *options)) for options in (("--stable", "--anew"), ("--anew",))]
    assert both == [{("ada", "dee"), ("ada", "eli")}] * 2


def test_a_shortlist_for_one_is_there_for_programs_too(tmp_path: Path) -> None:
    people = mentor("ada", "python"), mentor("bola", "statistics")
    root = program(tmp_path, *people, mentee("dee", "python"))
    said = json.loads(shortlist(root, "dee", "--format", "json").stdout)
    assert (said["cohort"], said["id"]) == ("spring", "dee")
    assert [(found["id"], found["is_proposed"]) for found in said["candidates"]] == [
        ("ada", True),
        ("bola", False),
    ]
    assert said["candidates"][1]["cost"]
    said = json.loads(shortlist(root, "ada", "--format", "json").stdout)
    assert [found["id"] for found in said["candidates"]] == ["dee"]


class Height(Constraint):
    """A constraint that nothing but its own module knows."""

    id = "height"
    sentence = "The two are of one height."
    how_to_lift = "measure them again"
    label = "of another height"

    def find_broken(self, seekers: Ints, mentors: Ints) -> Bools:
        return np.ones(len(seekers), dtype=np.bool_)

    def people_apart(self) -> Iterator[tuple[str, ...]]:
        yield tuple(person.id for person in self.data.applicants.people)


def test_a_constraint_that_only_its_module_knows_is_told_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (constraints, output, why_unmatched, circle_explanation):
        monkeypatch.setattr(module, "CONSTRAINTS", (*CONSTRAINTS, Height))
    people = [mentor(f"m{n}", "python") for n in range(4)]
    root = program(tmp_path, *people, *(mentee(f"t{n}", "python") for n in range(4)))
    value = proposed(root)
    assert value["pairs"] == []
    assert why(value, "t0") == ("height", "measure them again: this opens 4 mentors")
    assert why(value, "m0") == ("height", "measure them again")
    assert "of another height (4)" in run(root).stdout
    assert blocked(root, "t0", "m0") == ["height"]
    assert "T0 Example from M0 Example: of another height\n" in explain(root, "t0", "m0").stdout
    for words in ([], ["--supervision"]):
        said = run(root, *words, command="circles")
        assert said.exit_code == 0
        assert "height" in said.stdout
    assert "height: The two are of one height." in run_criteria(root)


def run_criteria(root: Path) -> str:
    return CliRunner().invoke(peerloom, ["-C", str(root), "criteria", "spring"]).stdout


def test_what_is_written_is_what_is_explained(tmp_path: Path) -> None:
    root = program(tmp_path, mentor("ada", "python", capacity=1), mentee("dee", "statistics"))
    assert run(root, "--write").exit_code == 0
    folder.write(
        root,
        {
            "content/participants/bola.yml": source.dump(mentor("bola", "statistics")),
            "content/participants/eli.yml": source.dump(mentee("eli", "python")),
        },
    )
    assert explain(root, "dee").stdout.startswith("Dee Example with Ada Example (")
    assert "  this is the proposal" in shortlist(root, "dee").stdout
    assert run(root).stdout.count("1 pair exists already") == 1


def test_of_somebody_with_nobody_the_reason_is_told(tmp_path: Path) -> None:
    root = program(tmp_path, mentor("ada", excluded=["dee"]), mentee("dee"))
    for command in ("explain", "shortlist"):
        assert run(root, "dee", command=command).stdout.startswith(
            "Dee Example is unmatched: what keeps Dee Example from Ada Example: one of the two "
            "excluded the other\n"
        )


ASKED = """\
questions:
  - {id: pace, label: How quick?, kind: scale, record: sign_up, audience: members,
     scale: {lowest: 1, highest: 5}}
  - {id: tools, label: Which tools?, kind: several_choices, record: sign_up, audience: members,
     choices: [Paper, Sheets, Scripts]}
"""


def asking(root: Path, *people: dict[str, Any], **wanted: Any) -> dict[str, Any]:
    """What is proposed in a cohort that matches by one of its own questions alone."""
    none = dict.fromkeys(
        ("skills", "goals", "hours", "languages", "closeness", "experience", "preference"), 0
    )
    reason = "Two who work alike get on."
    program(root, *people, weights=none, questions=[{"reason": reason, **wanted}])
    path = root / "content/program.yml"
    path.write_text(path.read_text() + ASKED)
    return proposed(root)


@pytest.mark.parametrize(
    ("prefer", "mentor_of_ed"), [("same", "bo"), ("near", "bo"), ("different", "al")]
)
def test_a_cohort_can_match_by_a_question_of_its_program(
    tmp_path: Path, prefer: str, mentor_of_ed: str
) -> None:
    people = [
        mentor("al", capacity=1, answers={"pace": 1}),
        mentor("bo", capacity=1, answers={"pace": 5}),
        mentee("ed", answers={"pace": 5}),
        mentee("flo", answers={"pace": 1}),
    ]
    assert (mentor_of_ed, "ed") in two(asking(tmp_path, *people, question="pace", prefer=prefer))


def test_near_is_how_far_apart_two_are_on_the_scale_and_choices_count_by_what_is_shared(
    tmp_path: Path,
) -> None:
    people = [
        mentor("al", capacity=1, answers={"pace": 4, "tools": ["Paper", "Sheets"]}),
        mentee("ed", answers={"pace": 1, "tools": ["Sheets", "Scripts"]}),
        mentee("flo"),
    ]
    asking(tmp_path / "near", *people, question="pace", prefer="near")
    asking(tmp_path / "tools", *people, question="tools")
    for folder_, score in (("near", 0.25), ("tools", 0.3333)):
        value = json.loads(shortlist(tmp_path / folder_, "--format", "json").stdout)
        scores = {m["id"]: m["candidates"][0]["criteria"] for m in value["mentees"]}
        assert scores["ed"]["questions"] == score
        assert "questions" not in scores["flo"]


def test_why_two_answered_as_preferred_is_told_to_coordinators_alone(tmp_path: Path) -> None:
    people = [mentor("al", answers={"pace": 4}), mentee("ed", answers={"pace": 4})]
    value = asking(tmp_path, *people, question="pace")
    (pair,) = value["pairs"]
    assert "Answered as preferred (same): How quick?" in pair["reasons"]
    run(tmp_path, "--write")
    (file,) = (tmp_path / "content/pairs/spring").iterdir()
    written = source.parse(file.read_bytes()).value["match"]
    assert any("How quick?" in reason for reason in written["reasons"])
    assert "How quick?" not in written["summary"]
    said = CliRunner().invoke(peerloom, ["-C", str(tmp_path), "criteria", "spring"]).stdout
    assert "the question pace, same, weight 1: Two who work alike get on." in said
