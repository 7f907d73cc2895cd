"""The pages that say who reads what: complete, and true for the settings of the program."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from peerloom import schema
from peerloom.audience import visible_program
from peerloom.issue_forms.questions import form_questions
from peerloom.kinds import KINDS
from peerloom.model import Page, ProgramQuestion, Responsible
from peerloom.pages import render_pages
from peerloom.pages.readers import KINDS_FOR_COORDINATORS, list_kept_kinds
from peerloom.program import load
from peerloom.records import Program
from peerloom.text.escaping.markdown import escape_markdown

TODAY = date(2026, 11, 24)
SHIPPED = load(Path(__file__).parents[2]).program


def page(path: str, program: Program = SHIPPED, **settings: Any) -> str:
    """A page of the public site with other settings, without words of the program's own."""
    changed = replace(program, settings=replace(program.settings, **settings), pages={})
    return render_pages(changed, TODAY, "public", only=frozenset({path}))[path]


def listed(**settings: Any) -> dict[str, dict[str, tuple[str, ...]]]:
    program = replace(SHIPPED, settings=replace(SHIPPED.settings, **settings))
    return {kind.name: kind.values for kind in list_kept_kinds(program)}


def test_every_field_about_people_is_listed_with_those_who_read_it() -> None:
    found = listed()
    for kind in ("participant", "pair", "check-in", "circle", "event", "response", "follow-up"):
        every = {what for values in found[kind].values() for what in values}
        for field in schema.list_fields(kind):
            if len(field.path) == 1 and field.path != ("answers",):
                assert field.description in every
    rating = next(f for f in schema.list_fields("check-in") if f.path == ("ratings",))
    assert rating.description in found["check-in"]["coordinators alone"]
    free = next(f for f in schema.list_fields("participant") if f.path == ("availability",))
    assert free.description in found["participant"]["members, unless you choose coordinators alone"]


def test_what_the_site_hides_from_members_as_a_whole_is_listed_for_coordinators_alone() -> None:
    seen = visible_program(SHIPPED, "members")
    hidden = {
        kind.name
        for kind in KINDS
        if getattr(SHIPPED, kind.collection) and not getattr(seen, kind.collection)
    }
    assert hidden <= KINDS_FOR_COORDINATORS
    assert all(set(listed()[kind]) == {"coordinators alone"} for kind in hidden)


def test_a_public_repository_lists_nothing_that_not_everybody_reads() -> None:
    found = listed(visibility="public")
    assert {readers for values in found.values() for readers in values} == {"everybody"}
    text = page("privacy.md", visibility="public")
    assert "a public repository on GitHub" in text
    assert "How it feels" not in text
    assert "How it feels" in page("privacy.md")


def test_an_answer_to_an_own_question_is_listed_for_those_whom_the_question_names() -> None:
    own = ProgramQuestion(
        id="x", label="Why | now?", kind="text", record="sign_up", audience="coordinators"
    )
    found = listed(questions=(own,))
    assert own.label in found["participant"]["coordinators alone"]
    assert escape_markdown(own.label) in page("join.md", questions=(own,))
    assert own.label not in str(listed(questions=(own,), visibility="public"))


def test_the_page_prints_what_the_program_says_of_itself() -> None:
    text = page(
        "privacy.md",
        responsible=Responsible(name="Example Society", contact="https://example.org/data"),
        legal_basis="Consent",
        keeps_months=1,
        minors="with consent",
    )
    assert "Responsible for what is kept here: Example Society." in text
    assert 'href="https://example.org/data"' in text
    assert "On what basis: Consent." in text
    assert "due to be deleted 1 month after the last day of your last cohort" in text
    assert "Minors take part with the consent" in text
    assert "not stated" not in text


def test_the_page_says_what_the_program_does_not_say_yet() -> None:
    text = page("privacy.md", responsible=None, legal_basis=None, keeps_months=None, minors=None)
    assert text.count("is not stated yet") == 4


def test_what_the_program_says_of_itself_is_harmless() -> None:
    hostile = "<script>alert(1)</script> [x](javascript:alert(1)) | **y**"
    text = page("privacy.md", responsible=Responsible(name=hostile), legal_basis=hostile)
    assert "<script" not in text
    assert text.count(escape_markdown(hostile)) == 2


@pytest.mark.parametrize("visibility", ["public", "private"])
def test_the_page_on_joining_lists_each_question_of_the_form_before_anybody_signs_up(
    visibility: str,
) -> None:
    text = page("join.md", visibility=visibility)
    program = replace(SHIPPED, settings=replace(SHIPPED.settings, visibility=visibility))
    for question in form_questions("sign-up", program):
        if question.id not in ("show", "agreed"):
            assert f"| {escape_markdown(question.label)} |" in text
    assert ("as you choose" in text) == (visibility == "private")


def test_what_the_page_on_joining_says_of_pairs_is_what_the_schemas_say() -> None:
    assert "sees the pair and its goals" in page("join.md")
    assert "the same holds for the pair and its goals" in page("join.md", visibility="public")
    assert schema.audience_of_field("pair", ("goals",)) == "public"
    for confidential in ("ratings", "support_wanted", "support_note"):
        assert schema.audience_of_field("check-in", (confidential,)) == "coordinators"


def test_words_of_the_programs_own_do_not_replace_what_must_be_said() -> None:
    for path in ("join.md", "privacy.md"):
        own = Page(path=path, text="# Ours\n\nWe are kind.\n", title=None)
        text = render_pages(replace(SHIPPED, pages={path: own}), TODAY, "public")[path]
        assert text.startswith("# Ours\n\nWe are kind.\n")
        assert "everybody, members or coordinators, as you choose" in text
