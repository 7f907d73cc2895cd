"""What becomes of one record when somebody in it is forgotten."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from peerloom.forgetting import Forgotten, forget_in_record
from peerloom.forgetting.in_records import NO_REASON
from peerloom.forgetting.names import names_for
from peerloom.kinds import KINDS
from peerloom.schema import load_schema

ID, NAME, LOGIN = "zelda-quist", "Zelda Quist", "zq-rivers"
WHO = Forgotten(
    id=ID,
    tombstone="forgotten-1",
    today=date(2026, 11, 24),
    names=names_for(NAME, LOGIN, {ID: "forgotten-1"}, ["Zelda Other", "Ada Example"], frozenset()),
    logins=frozenset([LOGIN]),
    pair_ids={("spring", "zelda-ada"): "forgotten-1-ada"},
)
# Ids and names of people, by what the schemas say of fields that hold them.
IDS_OF_PEOPLE = re.compile(
    "ids? of (?:the )?(?:people|person|participant)|(?:mentor|mentee|person)'s id|people",
    re.IGNORECASE,
)
# What their descriptions say of people, and whose ids they are all the same.
OTHER_IDS = {"team", "training", "code", "cohort", "cohorts", "pair"}


def _fields_with_ids(
    schema: Any, path: tuple[str, ...] = (), said: str = ""
) -> Iterator[tuple[tuple[str, ...], str]]:
    said = schema.get("description", said)
    if "[a-z0-9]+(-" in str(schema.get("pattern", "")):
        yield path, said
    for key, inner in schema.get("properties", {}).items():
        yield from _fields_with_ids(inner, (*path, key), "")
    if isinstance(schema.get("items"), dict):
        yield from _fields_with_ids(schema["items"], (*path, "*"), said)


def _record_with(path: tuple[str, ...], value: Any) -> Any:
    if not path:
        return value
    inner = _record_with(path[1:], value)
    return [inner] if path[0] == "*" else {path[0]: inner}


PLACES = [
    pytest.param(kind.name, path, id=f"{kind.name}: {'.'.join(path)}")
    for kind in KINDS
    for path, said in _fields_with_ids(load_schema(kind.name))
    if path != ("id",) and IDS_OF_PEOPLE.search(said) and OTHER_IDS.isdisjoint(path)
]


def test_the_places_where_people_are_named_are_found_in_the_schemas() -> None:
    found = {place.id for place in PLACES}
    assert {"pair: mentor", "pair: stories.*.by", "circle: meetings.*.attended.*"} <= found
    assert {"cohort: matching.pins.*.mentor", "event: hosts.*", "check-in: participant"} <= found
    assert len(found) > 20


@pytest.mark.parametrize(("kind", "path"), PLACES)
def test_no_field_that_names_people_keeps_the_id(kind: str, path: tuple[str, ...]) -> None:
    assert ID not in str(forget_in_record(kind, _record_with(path, ID), WHO))


def test_of_a_check_in_stays_what_is_counted_and_nothing_that_they_say() -> None:
    answer = {
        "cohort": "spring",
        "pair": "zelda-ada",
        "due": "2026-01-26",
        "participant": ID,
        "answered_on": "2026-01-27",
        "met": True,
        "meetings": [{"on": "2026-01-20", "minutes": 60}],
        "ratings": {"useful": 2, "relationship": 1},
        "fit": "not_good",
        "obstacles": ["time"],
        "challenges": "a secret",
        "next_steps": "a secret",
        "support_wanted": True,
        "support_note": "a secret",
        "answers": {"topics": "a secret"},
        "goals": [{"goal": "first", "level": 1, "note": "a secret"}],
    }
    assert forget_in_record("check-in", answer, WHO) == {
        "cohort": "spring",
        "pair": "forgotten-1-ada",
        "due": "2026-01-26",
        "participant": "forgotten-1",
        "answered_on": "2026-01-27",
        "met": True,
        "meetings": [{"on": "2026-01-20", "minutes": 60}],
        "goals": [{"goal": "first", "level": 1}],
    }


def test_of_a_pair_go_their_words_and_all_that_was_written_about_the_two() -> None:
    pair = {
        "id": "zelda-ada",
        "cohort": "spring",
        "mentor": ID,
        "mentee": "ada",
        "end_note": "a secret",
        "answers": {"why": "a secret"},
        "match": {"by": LOGIN, "on": "2026-01-02", "score": 0.5, "reasons": ["a secret"]},
        "stories": [{"by": ID, "text": "a secret"}, {"by": "ada", "text": "We rowed."}],
        "agreement": {"agreed_on": "2026-01-15", "expectations": [{"by": ID, "text": "a secret"}]},
        "former": [{"id": "zelda-bo", "people": [ID, "bo"]}],
    }
    assert forget_in_record("pair", pair, WHO) == {
        "id": "forgotten-1-ada",
        "cohort": "spring",
        "mentor": "forgotten-1",
        "mentee": "ada",
        "match": {"by": "forgotten-1", "on": "2026-01-02"},
        "stories": [{"by": "ada", "text": "We rowed."}],
        "agreement": {"agreed_on": "2026-01-15"},
    }


def test_notes_about_others_that_name_them_go_and_other_notes_stay() -> None:
    notes = [{"text": "Quarrelled with Quist"}, {"text": "Zelda called"}, {"text": "Likes tea"}]
    left = forget_in_record("participant", {"id": "ada", "coordinator_notes": notes}, WHO)
    # There is another Zelda.
    assert left == {
        "id": "ada",
        "coordinator_notes": [{"text": "Zelda called"}, {"text": "Likes tea"}],
    }


def test_a_follow_up_loses_what_is_about_them_and_goes_when_nothing_is_left() -> None:
    theirs = {"signal": "rating", "on": "2026-02-01", "participant": ID, "reason": "a secret"}
    both = {"signal": "fit", "on": "2026-02-01", "reason": "a secret"}
    follow_up = {"cohort": "spring", "pair": "zelda-ada", "entries": [theirs, both]}
    assert forget_in_record("follow-up", follow_up, WHO) == {
        "cohort": "spring",
        "pair": "forgotten-1-ada",
        "entries": [{"signal": "fit", "on": "2026-02-01", "reason": NO_REASON}],
    }
    assert forget_in_record("follow-up", {**follow_up, "entries": [theirs]}, WHO) is None


def test_a_word_that_is_also_a_skill_is_not_taken_for_their_login() -> None:
    names = names_for("Py Thon", "python", {"py-thon": "forgotten-1"}, [], frozenset({"python"}))
    assert (
        names.replace_in("skill: python\nby Py Thon, py-thon")
        == "skill: python\nby somebody, forgotten-1"
    )
    assert [m.is_shared for m in names.find_mentions("a", "python")] == [True]


def test_names_are_found_over_line_ends_in_any_case_and_not_inside_of_other_words() -> None:
    text = (
        "ZELDA\n  QUIST met Quistberg. See 2026-01-26-zelda-quist.yml, zelda-quist-2 and Quist's."
    )
    found = [(m.line, m.word) for m in WHO.names.find_mentions("a", text)]
    assert found == [(1, "ZELDA QUIST"), (2, "zelda-quist"), (2, "Quist")]


def test_names_of_other_scripts_with_hyphens_and_accents_are_found() -> None:
    zoe = names_for("Zoë Ek", None, {"zoe-ek": "forgotten-1"}, [], frozenset())
    assert zoe.replace_in("Zoe\u0308 and ZOE\u0308 EK") == "somebody and somebody"
    ids = {"chen-yu-ting": "forgotten-1"}
    chen = names_for("Chen Yu-ting", None, ids, [], frozenset())
    assert chen.replace_in("Yu-ting and a setting") == "somebody and a setting"
    li = names_for("\u674e\u5c0f\u9f99", None, {"li-xiao-long": "forgotten-1"}, [], frozenset())
    assert li.replace_in("\u548c\u674e\u5c0f\u9f99\u8bf4\u8bdd") == "\u548csomebody\u8bf4\u8bdd"


def test_whoever_was_not_to_be_counted_is_not_counted_as_a_tombstone_either() -> None:
    parts = [{"cohort": "spring", "role": "mentor", "source": "a secret"}]
    consent = {"given_on": "2026-01-02", "show": "public", "quote": True}
    withdrawn = {**consent, "withdrawn": {"everything": "2026-02-01"}}
    again = {**withdrawn, "since": {"counted": "2026-03-01"}}
    kept = {"given_on": "2026-01-02", "show": "coordinators"}
    for said, left in [
        (consent, None),
        ({**consent, "counted": False}, {**kept, "counted": False}),
        (withdrawn, {**kept, "withdrawn": {"counted": "2026-02-01"}}),
        (again, {**kept, "withdrawn": {"counted": "2026-02-01"}}),
    ]:
        person = {"id": ID, "name": NAME, "cohorts": parts, "consent": said}
        tombstone = forget_in_record("participant", person, WHO)
        assert tombstone is not None
        assert tombstone.get("consent") == left
        assert tombstone["cohorts"] == [{"cohort": "spring", "role": "mentor"}]


def test_an_id_of_one_word_is_not_taken_for_a_word_of_a_sentence() -> None:
    names = names_for("Grace Example", None, {"grace": "forgotten-1"}, [], frozenset())
    text = "with grace, says Grace: see people/grace.md, @grace and 2026-01-26-grace.yml"
    assert names.replace_in(text) == (
        "with grace, says somebody: see people/forgotten-1.md, @forgotten-1 and "
        "2026-01-26-forgotten-1.yml"
    )
    assert [m.word for m in names.find_mentions("a", text) if m.is_shared] == ["grace"]


# Texts in records of others than the person, that stay: the other's own, or those of all who were
# in it. Each is looked through for the name.
STAYING_TEXTS = {
    "pair": {
        *("agreement.channels", "agreement.confidentiality", "agreement.expectations.text"),
        *("stories.text", "goals.title", "goals.levels"),
    },
    "circle": {"name", "topic", "summary", "end_note", "meetings.topic", "meetings.notes"},
    "event": {"title", "summary", "place"},
    "resource": {"title", "summary"},
    "follow-up": {"entries.reason"},
}
GOING_TEXTS = {"pair": {"end_note", "match.by", "match.summary", "match.reasons", "match.times"}}


def _texts(schema: Any, path: tuple[str, ...] = ()) -> Iterator[str]:
    is_text = schema.get("type") == "string" and "maxLength" in schema
    if is_text and not {"pattern", "format"} & schema.keys():
        yield ".".join(path)
    for key, inner in schema.get("properties", {}).items():
        yield from _texts(inner, (*path, key))
    if isinstance(schema.get("items"), dict):
        yield from _texts(schema["items"], path)


@pytest.mark.parametrize("kind", STAYING_TEXTS)
def test_it_is_decided_of_each_text_whether_it_stays(kind: str) -> None:
    found = {text for text in _texts(load_schema(kind)) if not text.startswith("answers")}
    technical = {"time_zone", "url", "language", "skills", "guide", "starts_at"}
    assert found - technical == STAYING_TEXTS[kind] | GOING_TEXTS.get(kind, set())


def test_an_id_that_is_their_login_is_still_the_id_of_somebody_else() -> None:
    who = replace(WHO, logins=frozenset(["ada"]))
    event = {"attended": ["ada", ID], "hosts": ["ada"]}
    assert forget_in_record("event", event, who) == {
        "attended": ["ada", "forgotten-1"],
        "hosts": ["ada"],
    }
    # Coordinators sign with their logins.
    noted = {"id": "bo", "coordinator_notes": [{"by": "Ada", "text": "Likes tea"}]}
    signed = [{"by": "forgotten-1", "text": "Likes tea"}]
    assert forget_in_record("participant", noted, who) == {"id": "bo", "coordinator_notes": signed}


def test_what_a_coordinator_signed_whose_login_is_the_id_stays_theirs() -> None:
    names = names_for(NAME, LOGIN, {ID: "forgotten-1"}, [ID.upper()], frozenset())
    noted = {"id": "bo", "coordinator_notes": [{"by": ID, "text": "Likes tea"}]}
    assert forget_in_record("participant", noted, replace(WHO, names=names)) == noted


def test_a_name_or_a_login_that_is_also_somebody_elses_name_or_id_is_never_replaced() -> None:
    ids = {"ada-example-2": "forgotten-1"}
    others = ["Ada Example", "ada-example", "bo-example"]
    names = names_for("Ada Example", "bo-example", ids, others, frozenset())
    text = "ada-example, Ada Example and people/bo-example.yml met ada-example-2"
    assert names.replace_in(text) == text.replace("ada-example-2", "forgotten-1")
    found = {m.word for m in names.find_mentions("a", text) if m.is_shared}
    assert found == {"ada-example", "Ada Example", "bo-example"}
