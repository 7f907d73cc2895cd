"""No word reaches anybody above its audience: every field of every kind, and every output."""

import gzip
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import product
from pathlib import Path

import pytest

import folder
from attacks.pull_requests import BASE, CHECK_IN, CIRCLE, Reviewer
from peerloom import schema
from peerloom.as_of import program_as_of
from peerloom.audience import includes, redact_for_output, repository_readers
from peerloom.diagnostic import diagnostics_as_github, diagnostics_as_text
from peerloom.issue_forms.form_files import form_file_texts
from peerloom.kinds import KINDS, kind_of_path
from peerloom.matching.output import ProposalView
from peerloom.matching.propose import propose_matches
from peerloom.model import AUDIENCES, Audience
from peerloom.pages import render_pages
from peerloom.pages.redirects import render_redirects
from peerloom.program import Loaded, Snapshot, examine_snapshot
from peerloom.records import Program
from peerloom.reminders import Issue, Mark, plan_as_text, plan_reminders
from peerloom.report import (
    TABLES,
    build_report,
    report_as_csv,
    report_as_html,
    report_as_json,
    report_as_markdown,
)
from peerloom.review import (
    PullRequest,
    Review,
    review_as_json,
    review_as_markdown,
    review_as_text,
    review_pull_request,
    with_texts,
)
from peerloom.site import build_site
from peerloom.site_map import build_menu
from planting import PEOPLE, WORD, Planter, plant_program

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 3, 1)
DUE = date(2026, 2, 9)
BELOW: tuple[Audience, ...] = ("public", "members")
# Who reads a repository that is public or private.
READERS: dict[str, Audience] = {"public": "public", "private": "members"}
PROGRAM = "content/program.yml"


@cache
def _plant() -> tuple[dict[str, str], Planter]:
    return plant_program()


@cache
def _examine(visibility: str = "private") -> Loaded:
    return examine_snapshot(_snapshot(_files(visibility)), TODAY)


def _files(visibility: str) -> dict[str, str]:
    files, _ = _plant()
    program = files[PROGRAM].replace("visibility: private", f"visibility: {visibility}")
    return files | {PROGRAM: program}


def _snapshot(files: dict[str, str]) -> Snapshot:
    return Snapshot({path: text.encode() for path, text in files.items()})


def _program(visibility: str = "private") -> Program:
    return program_as_of(_examine(visibility).program, TODAY)


def _names_of_hidden(texts: dict[str, str], audience: Audience) -> set[str]:
    """Where the id of somebody stands whom the audience may not see."""
    hidden = [id_ for id_, shown_to in PEOPLE.items() if not includes(audience, shown_to)]
    return {f"{id_} in {where}" for where, text in texts.items() for id_ in hidden if id_ in text}


def _leaks(texts: dict[str, str], audience: Audience, *, by: str = "needed") -> set[str]:
    """What of the texts the audience may not read: the field, and where it is told."""
    _, planter = _plant()
    return {
        f"{place.field} of {place.path} in {where}"
        for where, text in texts.items()
        for place in planter.find_leaks(text, audience, by=by)
    }


def _walk(node: dict, above: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], dict]]:
    for name, below in node.get("properties", {}).items():
        yield (*above, name), below
        yield from _walk(below.get("items", below), (*above, name))


# What Peerloom itself writes there; a file in which somebody else did is shown nowhere.
_OURS = ("published.withheld", "published.later")


def test_a_word_is_planted_in_each_field_of_each_kind_that_holds_text() -> None:
    _, planter = _plant()
    planted = {place.field for place in planter.places.values()}
    bare = []
    for kind in KINDS:
        for path, node in _walk(schema.load_schema(kind.name), ()):
            inner = node.get("items", node)
            is_text = inner.get("type") == "string" and not inner.keys() & {"pattern", "enum"}
            field = f"{kind.name}.{'.'.join(path)}"
            is_free = path[-1] not in ("time_zone", "languages") and field not in _OURS
            if is_text and field not in planted and is_free:
                bare.append(field)
    assert bare == []
    assert len(planted) > 100
    assert all(d.rule not in schema.SCHEMA_RULES for d in _examine().diagnostics)


def _published(program: Program, audience: Audience) -> dict[str, str]:
    """Every page, the menu, what leads on from old addresses, and each form of the report."""
    texts = dict(render_pages(program, TODAY, audience))
    texts["the menu"] = str(build_menu(program, audience))
    for path, page in render_redirects(program, audience).items():
        texts[path] = page.decode()
    report = build_report(program, "spring", None, None, audience, today=TODAY)
    for form in (report_as_html, report_as_json, report_as_markdown):
        texts[f"the report, {form.__name__}"] = form(report)
    for table in TABLES:
        texts[f"the report, table {table}"] = report_as_csv(report, table)
    return texts


@pytest.mark.parametrize("audience", BELOW)
def test_no_page_menu_or_report_holds_a_word_above_its_audience(audience: Audience) -> None:
    texts = _published(_program(), audience)
    assert _leaks(texts, audience) == set()
    assert _names_of_hidden(texts | {path: path for path in texts}, audience) == set()


@pytest.mark.parametrize("audience", AUDIENCES)
def test_what_an_audience_may_read_is_there_to_be_read(audience: Audience) -> None:
    _, planter = _plant()
    told = WORD.findall("\n".join(_published(_program(), audience).values()))
    fields = {planter.places[f"zqplanted{number}qz"].field for number in told}
    seen: dict[Audience, set[str]] = {
        "public": {"participant.about", "pair.stories.text", "participant.answers.sign-up-public"},
        "members": {
            "pair.agreement.confidentiality",
            "check-in.goals.note",
            "circle.meetings.notes",
        },
        "coordinators": {
            "pair.end_note",
            "participant.coordinator_notes.text",
            "pair.match.reasons",
        },
    }
    for below in AUDIENCES[: AUDIENCES.index(audience) + 1]:
        assert seen[below] <= fields


@pytest.mark.parametrize("audience", BELOW)
def test_no_file_of_a_built_site_holds_a_word_above_its_audience(
    audience: Audience, tmp_path: Path
) -> None:
    root = folder.write(tmp_path / "program", _files("private"))
    shutil.copy(ROOT / "mkdocs.yml", root)
    build_site(root, tmp_path / "site", TODAY, audience, "mkdocs")
    texts = {}
    for file in (tmp_path / "site").rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            data = gzip.decompress(data) if file.suffix == ".gz" else data
            texts[file.relative_to(tmp_path / "site").as_posix()] = data.decode("latin-1")
    assert {"sitemap.xml", "sitemap.xml.gz", "search/search_index.json"} <= texts.keys()
    assert WORD.search(texts["search/search_index.json"])
    assert _leaks(texts, audience) == set()
    assert _names_of_hidden(texts | {path: path for path in texts}, audience) == set()


def _issues(program: Program) -> list[Issue]:
    """Open reminders of all pairs for one due date."""
    return [
        Issue(
            number=number, title="A reminder", is_open=True, comments=0, is_ours=True,
            body=str(Mark(what="check-in", cohort="spring", pair=pair.id, due=DUE)),
        )
        for number, pair in enumerate(program.pairs.values(), 1)
    ]  # fmt: skip


@pytest.mark.parametrize("visibility", READERS)
def test_no_issue_comment_or_form_of_the_repository_holds_a_word_above_its_readers(
    visibility: str,
) -> None:
    program = _program(visibility)
    days = (date(2026, 2, 7), date(2026, 2, 13), date(2026, 3, 4))
    texts = {path: str(text) for path, text in form_file_texts(program).items()}
    proposal = propose_matches(program, program.cohorts["spring"], TODAY, earlier="stay")
    texts["the proposal of matches"] = ProposalView(proposal).as_markdown()
    assert _names_of_hidden(texts, READERS[visibility]) == set()
    kinds = set()
    for day, issues in product(days, ([], _issues(program))):
        known = program_as_of(_examine(visibility).program, day)
        plan = plan_reminders(known, day, issues)
        where = f"the log of {day}, {len(issues)} issues"
        texts[where] = plan_as_text(plan, is_public=visibility == "public")
        for number, action in enumerate(plan.actions):
            if not action.for_coordinators:
                kinds.add(action.kind)
                texts[f"{action.kind} {number} of {day}"] = f"{action.title}\n{action.body}"
    assert kinds >= {"open", "nudge", "close"}
    # An issue names the two of a pair to each other, whatever others may see of them.
    assert _leaks(texts, READERS[visibility], by="by_field") == set()


@pytest.mark.parametrize("visibility", READERS)
def test_no_log_of_a_check_holds_a_word_above_its_readers(visibility: str) -> None:
    examined = _examine(visibility)
    found = redact_for_output(examined.diagnostics, examined.program, is_log=True)
    texts = {"text": diagnostics_as_text(found), "commands": diagnostics_as_github(found)}
    assert found
    # Whoever reads the log can read the record, whatever its person agreed to on the site.
    assert _leaks(texts, READERS[visibility], by="by_field") == set()


# Records that are like another, whose review is enough.
_LIKE_ANOTHER = {"grace", "eve", "bo", "eve-grace", "eve-zedq", "2026-01-26-eve", "2026-01-26-bo"}


def _list_reviews(visibility: str) -> Iterator[tuple[str, Review]]:
    """What is said of a pull request about each record: a new one, and one that was changed."""
    files = _files(visibility)
    for path, text in files.items():
        if Path(path).stem in _LIKE_ANOTHER:
            continue
        before = {p: t for p, t in files.items() if p != path}
        # The old words are those of the same fields.
        if path == PROGRAM or kind_of_path(path) in ("cohort", "participant", "pair"):
            before[path] = re.sub(r"zqplanted(\d{4})qz", r"zqearlier\1qz", text)
        unchanged = _snapshot(before)
        base = PullRequest(
            base="b" * 40, head="c" * 40, before=unchanged, after=unchanged, changes=()
        )
        found = review_pull_request(with_texts(base, {path: text}), "noor", 1, TODAY)
        assert found.changes
        yield path, found


@pytest.mark.parametrize("visibility", READERS)
def test_no_review_or_preview_holds_a_word_above_its_readers(visibility: str) -> None:
    readers = repository_readers(_examine(visibility).program)
    assert readers == READERS[visibility]
    texts, mistakes = {}, {}
    for path, found in _list_reviews(visibility):
        told = {path: review_as_markdown(replace(found, diagnostics=()))}
        named = {each.partition(" in ")[0] for each in _names_of_hidden(told, readers)}
        assert {id_ for id_ in named if id_ not in path} == set()
        for form in (review_as_markdown, review_as_text, review_as_json):
            texts[f"{form.__name__} of {path}"] = form(replace(found, diagnostics=()))
            mistakes[f"{form.__name__} of {path}"] = form(found)
    assert any(WORD.search(text) for text in texts.values())
    assert _leaks(texts, readers) == set()
    # What is wrong in a record quotes it to those who can read the record.
    assert _leaks(mistakes, readers, by="by_field") == set()


@pytest.mark.parametrize("audience", BELOW)
def test_what_is_told_of_people_is_the_same_without_all_that_the_audience_may_not_see(
    audience: Audience,
) -> None:
    files, planter = _plant()
    less = planter.remove_hidden(files, audience)
    assert sum(map(len, less.values())) < sum(map(len, files.values())) - 5_000
    known = examine_snapshot(_snapshot(less), TODAY)
    assert all(d.rule not in schema.SCHEMA_RULES for d in known.diagnostics)
    program = program_as_of(known.program, TODAY)
    assert _told_of_people(program, audience) == _told_of_people(_program(), audience)


def _with_other_ratings(program: Program) -> Program:
    changed = tuple(
        replace(
            c, ratings=c.ratings and replace(c.ratings, useful=5, relationship=4), fit="deciding"
        )
        for c in program.check_ins
    )
    return replace(program, check_ins=changed)


@pytest.mark.parametrize("merge", ["when clean", "by hand"])
def test_a_review_is_the_same_whatever_somebody_rates(merge: str) -> None:
    files = {path: text for path, text in BASE.items() if path != CIRCLE}
    reviewer = Reviewer(files | {PROGRAM: f"{BASE[PROGRAM]}merge: {merge}\n"})
    path = CHECK_IN.format("grace").replace("02-09", "02-23")
    text = BASE[CHECK_IN.format("grace")].replace("02-09", "02-23").replace("02-10", "02-23")
    said = set()
    for useful, relationship in ((1, 1), (2, 5), (5, 2), (5, 5)):
        rated = f"{text}ratings: {{useful: {useful}, relationship: {relationship}}}\n"
        found = reviewer.review({path: rated}, "grace", date(2026, 2, 23))
        assert found.merges_itself == (merge == "when clean")
        said.add((review_as_markdown(found), review_as_json(found), review_as_text(found)))
    assert len(said) == 1


def _told_of_people(program: Program, audience: Audience) -> dict[str, str]:
    """What is published but the figures of a cohort, which are about many."""
    texts = {
        where: text
        for where, text in _published(program, audience).items()
        if not where.startswith(("the report", "cohorts/"))
    }
    report = build_report(program, "spring", None, None, audience, today=TODAY)
    return texts | {"pairs in detail": str(report.contents["pairs_in_detail"])}


@pytest.mark.parametrize("audience", BELOW)
def test_all_that_others_than_coordinators_read_is_the_same_whatever_two_rate_each_other(
    audience: Audience,
) -> None:
    program = _program()
    other = _with_other_ratings(program)
    assert program.check_ins[0].ratings is not None
    assert _told_of_people(other, audience) == _told_of_people(program, audience)
    assert _told_of_people(other, "coordinators") != _told_of_people(program, "coordinators")
