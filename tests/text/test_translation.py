"""A second language needs no hunt: every sentence that people of a program read is marked."""

import html
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel.messages.pofile import read_po

import folder
from marked_sentences import Marked
from peerloom.diagnostic import Diagnostic
from peerloom.issue_forms.form_files import form_file_texts
from peerloom.issue_forms.question import FORM_KINDS, FormKind
from peerloom.issue_forms.questions import form_questions
from peerloom.issue_forms.replies import acceptance_reply, refusal_reply
from peerloom.issue_forms.result import FormResult, Sender
from peerloom.issue_forms.submission import Submission, read_submission
from peerloom.matching.circles import propose_circles, propose_supervision_groups
from peerloom.matching.circles.output import circles_as_text
from peerloom.matching.constraints import CONSTRAINTS
from peerloom.matching.criteria import CRITERIA
from peerloom.matching.output import ProposalView
from peerloom.matching.propose import propose_matches
from peerloom.model import AUDIENCES
from peerloom.pages import render_pages
from peerloom.program import Snapshot, load
from peerloom.records import Program
from peerloom.reminders import Action, Issue, plan_as_text, plan_reminders
from peerloom.report import build_report, report_as_html, report_as_markdown
from peerloom.review import (
    POLICY,
    comment_on_other_base,
    comment_on_shared_commit,
    comment_on_unrelated,
    review_as_markdown,
    review_as_text,
    review_pull_request,
    with_texts,
)
from peerloom.review.pull_request import PullRequest
from peerloom.signals import SIGNALS
from peerloom.site_map import PAGE_KINDS, build_menu
from peerloom.text import codes, phrases
from peerloom.text.translation import ENGLISH, Language, current_locale, gettext, use_language

ROOT = Path(__file__).parents[2]
CATALOG = ROOT / "tools/peerloom/locale/peerloom.pot"
TODAY = date(2026, 11, 24)


# Greek, so that no word of a date or a list is written in the letters of English.
PSEUDO = Language(locale="el", catalog=Marked())


def _list_strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _list_strings(key)
            yield from _list_strings(inner)
    elif isinstance(value, tuple | list | frozenset):
        for inner in value:
            yield from _list_strings(inner)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _list_strings(getattr(value, field.name))


def _in_other_letters(value: Any) -> Any:
    """A record in which no sentence and no name that people wrote has a letter of English."""
    if isinstance(value, str):
        return re.sub("[A-Za-z]", "ж", value) if " " in value else value
    if isinstance(value, dict):
        return {key: _in_other_letters(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return tuple(map(_in_other_letters, value))
    if is_dataclass(value):
        changed = {f.name: _in_other_letters(getattr(value, f.name)) for f in fields(value)}
        return replace(value, **changed)
    return value


@pytest.fixture(scope="module")
def program() -> Program:
    loaded = load(ROOT).program
    changed = {
        field.name: _in_other_letters(getattr(loaded, field.name))
        for field in fields(loaded)
        if field.name not in ("received", "pages") and field.init
    }
    return replace(loaded, pages={}, **changed)


def _codes() -> set[str]:
    """Every value that a schema allows, none of which people wrote."""

    def find(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            yield from (v for v in value.get("enum", []) if isinstance(v, str))
            for inner in value.values():
                yield from find(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from find(inner)

    texts = (file.read_text(encoding="utf-8") for file in (ROOT / "schemas").glob("*.json"))
    return {code for text in texts for code in find(json.loads(text))}


# Where links lead, tags, code, ids of headings, and the title that a page's own heading gives it.
_NO_WORDS = re.compile(
    r"\]\([^)]*\)|<style>.*?</style>|<code>.*?</code>|<[^>]*>|`[^`]*`|\{:[^}]*\}|\A---.*?---",
    re.DOTALL,
)


def _list_unmarked_words(text: str, program: Program | None) -> list[str]:
    """The words of an output that are neither marked nor a single word of a record."""
    while "⟦" in text:
        shorter = re.sub("⟦[^⟦⟧]*⟧", " ", text)
        assert shorter != text, "a marked sentence was cut"
        text = shorter
    text = _NO_WORDS.sub(" ", text)
    words = {word for s in _list_strings(program) if " " not in s for word in _words(s)}
    allowed = words - _codes()
    return [word for word in _words(html.unescape(text)) if word not in allowed]


def _words(text: str) -> list[str]:
    return re.findall("[A-Za-z]{2,}", text)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_unmarked_sentence_of_english_is_left_on_a_page(program, audience) -> None:
    with use_language(PSEUDO):
        made = render_pages(program, TODAY, audience)
    assert len(made) > 30
    unmarked = {
        path: words
        for path, text in made.items()
        # What these say is in schemas and in docstrings, and English: see docs/architecture.md.
        if not path.startswith("reference/") and (words := _list_unmarked_words(text, program))
    }
    assert unmarked == {}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_unmarked_sentence_of_english_is_left_in_a_report(program, audience) -> None:
    for cohort in program.cohorts:
        with use_language(PSEUDO):
            report = build_report(program, cohort, None, None, audience, today=TODAY)
            shown = [report_as_markdown(report), report_as_html(report)]
        assert [word for text in shown for word in _list_unmarked_words(text, program)] == []


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_unmarked_title_of_english_is_left_in_the_menu(program, audience) -> None:
    with use_language(PSEUDO):
        titles = [*_list_titles(build_menu(program, audience))]
    assert {"⟦Home⟧", "⟦Cohorts⟧", "⟦Overview⟧"} <= {*titles}
    assert [word for title in titles for word in _list_unmarked_words(title, program)] == []


def _list_titles(menu: list[Any]) -> Iterator[str]:
    for entry in menu:
        if isinstance(entry, dict):
            for title, inner in entry.items():
                yield title
                yield from _list_titles(inner) if isinstance(inner, list) else ()


def test_no_unmarked_sentence_of_english_is_left_in_a_form(program) -> None:
    # What a program's own questions say are the program's own words.
    asking = replace(program, settings=replace(program.settings, questions=()))
    larger = replace(asking, settings=replace(asking.settings, read_at_once_up_to=0))
    with use_language(PSEUDO):
        texts = [*form_file_texts(asking).values(), *form_file_texts(larger).values()]
    shown = [text for form in texts for text in _list_shown(yaml.safe_load(form))]
    assert len(shown) > 60
    names = {"spring", "ada", "grace"}  # of an example of how a check-in is named
    assert {word for text in shown for word in _list_unmarked_words(text, asking)} <= names


def _list_shown(form: Any) -> Iterator[str]:
    """What people read of a form, in GitHub's format: not its labels, ids and types."""
    if isinstance(form, list):
        for inner in form:
            yield from [inner] if isinstance(inner, str) else _list_shown(inner)
    elif isinstance(form, dict):
        for key, inner in form.items():
            if isinstance(inner, str):
                yield from () if key in ("id", "type") else [inner]
            elif key != "labels":
                yield from _list_shown(inner)


# What is wrong with answers here, that GitHub writes below the questions; see `_submit`.
_WRONG_ANSWERS: dict[FormKind, list[dict[str, str]]] = {
    "check-in": [
        {"which": ""},
        {"which": "ж"},
        {"which": "spring/ada-grace/2026-02-31"},
        {"met": "ж", "meetings": "ж\n2026-02-05, ж", "goals": "ж", "next_meeting": "ж"},
        {"goals": "first-package: 1\nfirst-package: 1"},
        {"next_steps": "### ⟦Next meeting⟧"},
    ],
    # What is wrong with other answers is said in the words of readings of sheets.
    "sign-up": [{"name": ""}, {"cohort": "ж"}, {"availability": "ж"}],
}


@pytest.mark.parametrize("kind", FORM_KINDS)
def test_no_unmarked_sentence_of_english_is_left_in_a_reply_to_a_form(tmp_path, kind) -> None:
    root = folder.write(tmp_path, folder.MINIMAL)
    program = load(root).program
    with use_language(PSEUDO):
        right = _submit(kind, root, {})
        results = [_submit(kind, root, wrong) for wrong in _WRONG_ANSWERS[kind]]
        results.append(_submit(kind, root, {}, login="lin"))
        said = [acceptance_reply(kind, 7, right.remarks)]
        said += [
            refusal_reply(result.problems * 21, is_read_at_once=is_read_at_once)
            for result in results
            if result.problems
            for is_read_at_once in (True, False)
        ]
    assert right.changes
    assert bool(right.remarks) == (kind == "sign-up")
    assert all(result.problems for result in results[:-1])
    assert bool(results[-1].problems) == (kind == "check-in")
    names = {"spring", "ada", "grace", "first", "package"}
    assert {word for text in said for word in _list_unmarked_words(text, program)} <= names


def _submit(
    kind: FormKind, root: Path, changed: dict[str, str], login: str = "grace"
) -> FormResult:
    """What becomes of a form in which the first choices are chosen, and some answers changed."""
    program = load(root).program
    questions = form_questions(kind, program)
    answers = {q.id: next(iter(q.choices or {}), "") for q in questions}
    answers |= {"which": "spring/ada-grace/2026-02-09", "name": "ж ж"}
    answers |= {"time_zone": "Europe/Athens", **changed}
    body = "\n\n".join(f"### {q.label}\n\n{answers[q.id] or '_No response_'}" for q in questions)
    participant = login if login in program.participants else None
    sender = Sender(login=login, number=3, participant=participant)
    sent = Submission(kind=kind, body=body, received_on=date(2026, 2, 9), sender=sender)

    def read(path: str) -> str | None:
        file = root / path
        return file.read_text(encoding="utf-8") if file.is_file() else None

    return read_submission(sent, program, read)


_PAIR = "content/pairs/spring/ada-grace.yml"
_GRACE = "content/participants/grace.yml"
_GOAL = "goals:\n  - goal: first-package\n    level: 1\n"


def _check_in(due: str, participant: str, more: str) -> dict[str, str]:
    keys = f"cohort: spring\npair: ada-grace\ndue: {due}\nparticipant: {participant}\n"
    path = f"content/check-ins/spring/ada-grace/{due}-{participant}.yml"
    return {path: f"{keys}answered_on: 2026-02-01\n{more}"}


@pytest.mark.parametrize(
    ("login", "texts"),
    [
        ("grace", _check_in("2026-02-09", "grace", f"met: true\n{_GOAL}")),
        ("grace", _check_in("2026-02-09", "ada", "met: false\n")),
        ("grace", _check_in("2026-03-09", "grace", "next_meeting: 2026-03-20\n")),
        ("grace", {_GRACE: folder.MINIMAL[_GRACE] + "github: grace\nregion: жж\n"}),
        ("grace", {_PAIR: folder.MINIMAL[_PAIR] + "agreement:\n  notes: ж ж\n"}),
        ("grace", {"content/program.yml": folder.MINIMAL["content/program.yml"] + "merge: own\n"}),
        ("grace", {f"tools/{n}.py": "" for n in range(9)}),
        ("grace", {}),
        ("lin", {"content/participants/lin.yml": folder.MINIMAL[_GRACE].replace("grace", "lin")}),
        ("lin", {"content/resources/book.yml": "id: book\ntitle: ж\nurl: https://example.org\n"}),
    ],
)
def test_no_unmarked_sentence_of_english_is_left_in_a_review(login: str, texts: dict) -> None:
    base = folder.MINIMAL | {_GRACE: folder.MINIMAL[_GRACE] + "github: grace\n"}
    snapshot = Snapshot({path: text.encode() for path, text in base.items()})
    unchanged = PullRequest(base="1", head="2", before=snapshot, after=snapshot, changes=())
    with use_language(PSEUDO):
        review = review_pull_request(with_texts(unchanged, texts), login, 3, date(2026, 2, 10))
        mistake = Diagnostic(path="ж", rule="ж", message="ж", help="ж")
        # What diagnostics say is English: see docs/architecture.md.
        clean = replace(review, diagnostics=())
        wrong = replace(review, diagnostics=(mistake,), verdict="has mistakes", labels=())
        taken = replace(wrong, answer="no", author=replace(review.author, role="recycled"))
        said = [review_as_markdown(each) for each in (clean, wrong, taken)]
        said += [
            review_as_text(replace(each, labels=(), diagnostics=()))
            for each in (clean, wrong, taken)
        ]
        said += [each.describe_status(None) for each in (clean, wrong)]
    names = {"Ada", "Example", "Grace", "spring", "main", "agreement", "merge", "region", "github"}
    names |= {"Publish", "first", "package", "It", "has", "tests"}
    said = [re.sub(r"[a-z0-9/-]+\.md\b", "", text) for text in said]  # where pages are
    assert {word for text in said for word in _list_unmarked_words(text, None)} <= names


def test_no_unmarked_sentence_of_english_is_left_in_a_comment_on_what_is_not_reviewed() -> None:
    with use_language(PSEUDO):
        said = [
            comment_on_shared_commit(7),
            comment_on_other_base("ж", "ж"),
            comment_on_unrelated("ж"),
        ]
    assert not [word for text in said for word in _list_unmarked_words(text, None)]


def test_no_unmarked_sentence_of_english_is_left_in_a_proposal_for_matches(program) -> None:
    unpaired = replace(program, pairs={})
    for cohort in program.cohorts.values():
        with use_language(PSEUDO):
            view = ProposalView(propose_matches(unpaired, cohort, TODAY))
            said = [view.as_text(), view.as_markdown()]
        assert view.matches
        assert {word for text in said for word in _list_unmarked_words(text, program)} == set()


def test_no_unmarked_sentence_of_english_is_left_in_a_proposed_circle(program) -> None:
    ungrouped = replace(program, circles={})
    with use_language(PSEUDO):
        proposals = [
            propose(ungrouped, cohort, TODAY)
            for cohort in program.cohorts.values()
            for propose in (propose_circles, propose_supervision_groups)
        ]
        # Why others are in none is English: see docs/architecture.md.
        placed = [replace(proposal, unplaced=()) for proposal in proposals]
        said = [circles_as_text(proposal) for proposal in placed]
    circles = [circle for proposal in placed for circle in proposal.circles]
    said += [text for circle in circles for text in (circle.name, circle.summary)]
    assert {circle.kind for circle in circles} == {"circle", "supervision"}
    ids = {word for circle in circles for word in _words(circle.id)}
    assert {word for text in said for word in _list_unmarked_words(text, program)} <= ids


def test_the_catalog_holds_every_marked_sentence_as_it_stands(tmp_path: Path) -> None:
    if shutil.which("make") is None:
        pytest.fail("install make: the catalog is made by it")
    made = tmp_path / "peerloom.pot"
    call = ["make", "--silent", "--assume-old=.venv/.ready", "catalog", f"CATALOG={made}"]
    subprocess.run(call, cwd=ROOT, check=True)
    assert made.read_bytes() == CATALOG.read_bytes(), "run: make catalog"


def test_the_catalog_holds_what_is_marked_in_one_place_and_said_in_another() -> None:
    with CATALOG.open("rb") as file:
        ids = {m.id if isinstance(m.id, str) else m.id[0] for m in read_po(file)}
    stages = [stage for signal in SIGNALS for stage in signal.stages]
    assert {text for stage in stages for text in (stage.threshold, stage.next_step)} <= ids
    assert {signal.source for signal in SIGNALS} <= ids
    assert {singular for singular, _ in phrases._NOUNS.values()} <= ids
    assert {criterion.sentence for criterion in CRITERIA} <= ids
    assert {text for c in CONSTRAINTS for text in (c.sentence, c.how_to_lift, c.label)} <= ids
    assert {text for c in CONSTRAINTS for text in c.summary_for_many or ()} <= ids
    assert {text for row in POLICY for text in (row.why, row.next)} <= ids
    titles = {title for kind in PAGE_KINDS for title in kind.menu if title}
    assert {title for title in titles if "{" not in title} <= ids
    assert {*codes._WORDS.values(), *codes._SETTINGS.values()} <= ids


def test_no_marked_sentence_holds_a_value_already() -> None:
    """A sentence with a value in it, as an f-string has, would never be found in a catalog."""
    marked = re.compile(r"\b(?:_|gettext|ngettext|mark|mark_plural)\(\s*f[\"']")
    for file in (ROOT / "tools/peerloom").rglob("*.py"):
        assert not marked.search(file.read_text(encoding="utf-8")), file


def test_a_language_is_spoken_until_the_end_of_its_block() -> None:
    with use_language(PSEUDO):
        assert (gettext("today"), current_locale()) == ("⟦today⟧", "el")
        with use_language(ENGLISH):
            assert gettext("today") == "today"
        assert gettext("today") == "⟦today⟧"
    assert (gettext("today"), current_locale()) == ("today", "en_GB")


def test_no_unmarked_sentence_of_english_is_left_in_what_reminders_say(tmp_path: Path) -> None:
    files = dict(folder.MINIMAL)
    files["content/program.yml"] += "coordinators_repository: reading-circle/desk\n"
    program = load(folder.write(tmp_path, files)).program
    with use_language(PSEUDO):
        opened = plan_reminders(program, date(2026, 1, 27), ())
        issues = tuple(_as_issue(n, action) for n, action in enumerate(opened.actions, start=1))
        later = [
            plan_reminders(program, date(2026, 1, 27) + timedelta(days=n), issues)
            for n in range(1, 40)
        ]
        later.append(plan_reminders(replace(program, pairs={}), date(2026, 1, 28), issues))
        said = [plan_as_text(each, is_public=False) for each in (opened, *later)]
    actions = [action for each in (opened, *later) for action in each.actions]
    assert {action.kind for action in actions} >= {"open", "nudge", "escalate", "close"}
    said += [text for action in actions for text in (action.title, action.body or "")]
    names = {"Ada", "Example", "Grace", "spring"}
    assert {word for text in said for word in _list_unmarked_words(text, program)} <= names


def _as_issue(number: int, action: Action) -> Issue:
    return Issue(
        number=number, title=action.title, body=action.body, is_open=True, comments=0, is_ours=True
    )
