"""All diagnostics of a program on a day, from single files and from the rules."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from peerloom import rules, schema, source
from peerloom.changes import Changes
from peerloom.diagnostic import Diagnostic
from peerloom.kinds import kind_of_path
from peerloom.model import AUDIENCES, Audience
from peerloom.program import cache
from peerloom.program.loading import Loaded, load_tree
from peerloom.program.reading import nearest_place
from peerloom.program.tree import Files, Folder, Snapshot, Tree
from peerloom.records import Program
from peerloom.rules.rule import Finding, Rule
from peerloom.source import Keys, ValuePlace


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The diagnostics of a program, sorted, and the number of files that were checked."""

    diagnostics: tuple[Diagnostic, ...]
    files: int


def check(
    root: Path,
    today: date,
    site_audience: Audience | None = None,
    committed_sheets: tuple[str, ...] = (),
) -> Checked:
    """Return all diagnostics of the program in `root`, from the cache if no file has changed.

    Links between pages are checked for the site of `site_audience`; by default, that is the site
    for everybody who can read the repository. `committed_sheets` is what Git says of the sheets in
    it, outside of `content/`, too.
    """
    folder = Folder(root)
    tree = folder.list_files()
    key = f"{cache.fingerprint_of(tree)} {today.isoformat()} {site_audience} {committed_sheets}"
    kept = cache.read_kept_result(root, key)
    if kept is not None:
        return Checked(diagnostics=kept, files=len(tree.files))
    checked = _check_tree(folder, tree, today, site_audience, committed_sheets)
    cache.keep_result(root, tree, key, checked.diagnostics)
    return checked


def check_changes(
    root: Path, changes: Changes, today: date, removed: Iterable[str] = ()
) -> Checked:
    """Return all diagnostics of the program in `root` as if files were changed or `removed`."""
    folder = Folder(root, changes, frozenset(removed))
    return _check_tree(folder, folder.list_files(), today)


def examine_snapshot(snapshot: Snapshot, today: date) -> Loaded:
    """Return the program of a snapshot with all diagnostics, including those of the rules."""
    loaded = load_tree(snapshot, snapshot.list_files())
    found = {*loaded.diagnostics, *_rule_diagnostics(snapshot, loaded.program, today)}
    return replace(loaded, diagnostics=tuple(sorted(found)))


def check_links(
    root: Path, program: Program, today: date, audience: Audience
) -> tuple[Diagnostic, ...]:
    """Return what the rules about the site of a day find: what is wrong with its links."""
    found = rules.find_violations(program, today, audience, is_about_site=True)
    return tuple(_make_diagnostics(Folder(root), program, found))


def place_findings(
    root: Path, program: Program, findings: Iterable[Finding]
) -> Iterator[tuple[Finding, str, int, int]]:
    """Yield each finding with the path, the line and the column that it is about."""
    read_places: dict[str, tuple[dict[Keys, ValuePlace], int]] = {}
    for finding in findings:
        yield finding, *_locate_finding(Folder(root), program, finding, read_places)


def _check_tree(
    folder: Folder,
    tree: Tree,
    today: date,
    site_audience: Audience | None = None,
    committed_sheets: tuple[str, ...] = (),
) -> Checked:
    loaded = load_tree(folder, tree)
    program = replace(loaded.program, committed_sheets=committed_sheets)
    found = {
        *loaded.diagnostics,
        *_rule_diagnostics(folder, program, today, site_audience),
    }
    return Checked(diagnostics=tuple(sorted(found)), files=loaded.files)


def _rule_diagnostics(
    folder: Files, program: Program, today: date, site_audience: Audience | None = None
) -> list[Diagnostic]:
    """Return the findings of the rules as diagnostics.

    Lines and columns are not kept when records are read; so files with findings are read again.
    """
    return _make_diagnostics(folder, program, rules.find_violations(program, today, site_audience))


def _make_diagnostics(
    folder: Files, program: Program, violations: Iterable[tuple[Rule, Finding]]
) -> list[Diagnostic]:
    read_places: dict[str, tuple[dict[Keys, ValuePlace], int]] = {}
    return [
        _make_diagnostic(rule, finding, *_locate_finding(folder, program, finding, read_places))
        for rule, finding in violations
    ]


def _locate_finding(
    folder: Files, program: Program, finding: Finding, read_places: dict[str, Any]
) -> tuple[str, int, int]:
    if isinstance(finding.where, str):
        return finding.where, 1, 1
    path = program.path(finding.where)
    if path not in read_places:
        read_places[path] = _places_in_file(folder, path)
    found, lines_before_text = read_places[path]
    if finding.text_at is not None:
        return path, lines_before_text + finding.text_at[0], finding.text_at[1]
    return path, *nearest_place(found, finding.keys, on_key=finding.on_key)


def _places_in_file(folder: Files, path: str) -> tuple[dict[Keys, ValuePlace], int]:
    try:
        data = folder.read(path)
    except OSError:  # the file was deleted after it was read
        return {}, 0
    if not path.endswith(".md"):
        return source.locate_values(data), 0
    head, body = source.front_matter(data)
    return source.locate_values(head), data.count(b"\n") - body.count(b"\n")


def _make_diagnostic(rule: Rule, finding: Finding, path: str, line: int, column: int) -> Diagnostic:
    kind = kind_of_path(path)
    audience = schema.audience_at(kind, finding.keys) if kind else "public"
    return Diagnostic(
        path=path,
        line=line,
        column=column,
        rule=rule.id,
        message=finding.message,
        help=finding.help,
        severity=rule.severity,
        audience=max(audience, rule.audience, key=AUDIENCES.index),
        outline=rule.sentence,
        is_secret=rule.is_secret,
    )
