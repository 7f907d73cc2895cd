"""Nothing above an audience is anywhere in what the audience gets."""

import dataclasses
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from peerloom import kinds, schema
from peerloom.audience import includes, visible_program
from peerloom.model import CoordinatorNote, Participant
from peerloom.pages import render_pages
from peerloom.program import load
from peerloom.records import Program
from peerloom.report import (
    TABLES,
    build_report,
    report_as_csv,
    report_as_html,
    report_as_json,
    report_as_markdown,
)

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 24)
AUDIENCES = ("public", "members")
KINDS = {kind.record_class: kind.name for kind in kinds.KINDS}


class Planter:
    """Puts a word of its own into every field that an audience must not see."""

    def __init__(self, audience: str) -> None:
        self.audience = audience
        self.planted: dict[str, str] = {}
        questions = load(ROOT).program.settings.questions
        self.answers_seen = {q.id for q in questions if includes(audience, q.audience)}

    def record(self, record: Any) -> Any:
        return self._planted(record, KINDS[type(record)], ())

    def _planted(self, value: Any, kind: str, path: tuple[str, ...]) -> Any:
        changes = {}
        for field in dataclasses.fields(value):
            below = (*path, field.name)
            try:
                needed = schema.audience_of_field(kind, below)
            except KeyError:  # said by the path and not by a key
                continue
            old = getattr(value, field.name)
            if includes(self.audience, needed):
                changes[field.name] = self._inside(old, kind, below)
            else:
                changes[field.name] = self._hidden(old, kind, below)
        return dataclasses.replace(value, **changes)

    def _inside(self, old: Any, kind: str, path: tuple[str, ...]) -> Any:
        if isinstance(old, tuple):
            return tuple(self._inside(item, kind, path) for item in old)
        return self._planted(old, kind, path) if dataclasses.is_dataclass(old) else old

    def _hidden(self, old: Any, kind: str, path: tuple[str, ...]) -> Any:
        if isinstance(old, str):
            return self._word(kind, path)
        if isinstance(old, tuple) and old and isinstance(old[0], str):
            return tuple(self._word(kind, path) for _ in old)
        if path == ("answers",) and kind != "response":
            return self._hidden_answers(old, kind)
        if isinstance(old, dict):
            return {key: self._word(kind, path) for key in old}
        if isinstance(old, tuple):
            return tuple(self._deep(item, kind, path) for item in old)
        return self._deep(old, kind, path)

    def _hidden_answers(self, old: dict[str, Any], kind: str) -> dict[str, Any]:
        """Answers that the audience may see stay; all others, and one of no question, are words."""
        gone = {f"gone-{kind}": self._word(kind, ("answers", "gone"))}
        return gone | {
            id_: answer if id_ in self.answers_seen else self._word(kind, ("answers", id_))
            for id_, answer in old.items()
        }

    def _deep(self, old: Any, kind: str, path: tuple[str, ...]) -> Any:
        if not dataclasses.is_dataclass(old):
            return old
        changes = {
            field.name: self._hidden(getattr(old, field.name), kind, (*path, field.name))
            for field in dataclasses.fields(old)
        }
        return dataclasses.replace(old, **changes)

    def _word(self, kind: str, path: tuple[str, ...]) -> str:
        word = f"plant{len(self.planted):05d}x"
        self.planted[word] = f"{kind}.{'.'.join(path)}"
        return word


def _with_notes(program: Program) -> dict[str, Participant]:
    """The participants, each with a note of coordinators and a booking link."""
    note = CoordinatorNote(on=TODAY, text="A note.", by="noor")
    more: dict[str, Any] = {"coordinator_notes": (note,), "booking_url": "https://a.example"}
    return {id_: dataclasses.replace(p, **more) for id_, p in program.participants.items()}


def _planted_program(audience: str) -> tuple[Program, Planter]:
    program = load(ROOT).program
    planter = Planter(audience)

    def all_of(values: Any) -> Any:
        if isinstance(values, dict):
            return {key: planter.record(record) for key, record in values.items()}
        return tuple(planter.record(record) for record in values)

    names = ("cohorts", "participants", "pairs", "circles", "check_ins", "surveys", "responses")
    names += ("events", "resources", "training", "pages")
    program = dataclasses.replace(program, participants=_with_notes(program))
    changes = {name: all_of(getattr(program, name)) for name in names}
    return dataclasses.replace(program, **changes), planter


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_page_and_no_report_holds_a_value_above_its_audience(audience: Any) -> None:
    program, planter = _planted_program(audience)
    kinds = {where.partition(".")[0] for where in planter.planted.values()}
    assert {"participant", "pair", "check-in", "response"} <= kinds
    assert "participant.answers.gone" in planter.planted.values()
    assert "participant.coordinator_notes.text" in planter.planted.values()
    made = render_pages(program, TODAY, audience)
    for cohort in program.cohorts:
        found = build_report(program, cohort, None, None, audience, today=TODAY)
        made |= {
            f"{cohort} {form}": form(found)
            for form in (report_as_html, report_as_json, report_as_markdown)
        }
        made |= {f"{cohort} {table}": report_as_csv(found, table) for table in TABLES}
    leaks = {
        (planter.planted[word], path)
        for path, text in made.items()
        if "plant0" in text
        for word in planter.planted
        if word in text
    }
    # A reason is counted and told where enough people are behind it; a word is no reason.
    assert leaks == set()


def test_who_did_not_agree_is_on_no_page_of_the_audience() -> None:
    program = load(ROOT).program
    for audience in AUDIENCES:
        hidden = [
            person
            for person in program.participants.values()
            if not includes(audience, person.consent.show if person.consent else "coordinators")
        ]
        assert hidden
        text = "\n".join(render_pages(program, TODAY, audience).values())
        for person in hidden:
            assert person.name not in text, (audience, person.id)
            assert f"/{person.id}.md" not in text, (audience, person.id)


def test_coordinators_see_everybody() -> None:
    program = load(ROOT).program
    assert visible_program(program, "coordinators").participants == program.participants
    assert visible_program(program, "coordinators").check_ins == program.check_ins


def test_the_public_sees_neither_what_is_late_nor_what_is_missed() -> None:
    made = render_pages(load(ROOT).program, TODAY, "public")
    for path, text in made.items():
        if path.startswith(("pairs/", "people/", "circles/")):
            for word in ("answered late", "| no answer |", "pl-late", "pl-overdue", "Rated for"):
                assert word not in text, (path, word)
