"""Everything that is wrong with a program on a day, in one run."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from peerloom import rules, schema, source
from peerloom.changes import Changes
from peerloom.diagnostic import Diagnostic
from peerloom.model import AUDIENCES
from peerloom.program import cache
from peerloom.program.loading import Loaded, load_tree
from peerloom.program.reading import place
from peerloom.program.tree import Files, Folder, Snapshot, Tree, kind_of
from peerloom.records import Program
from peerloom.rules.finding import Finding, Rule
from peerloom.source import Keys, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What was found, sorted, in how many files."""

    diagnostics: tuple[Diagnostic, ...]
    files: int

    @property
    def is_sound(self) -> bool:
        """Whether there is no error; warnings are no errors."""
        return all(found.severity == "warning" for found in self.diagnostics)


def check(root: Path, today: date) -> Checked:
    """All diagnostics of the program in `root`; the same folder is not read twice."""
    folder = Folder(root)
    tree = folder.tree()
    key = f"{cache.fingerprint(tree)} {today.isoformat()}"
    said = cache.verdict(root, key)
    if said is not None:
        return Checked(diagnostics=said, files=len(tree.files))
    checked = _check(folder, tree, today)
    cache.keep_verdict(root, tree, key, checked.diagnostics)
    return checked


def check_changes(root: Path, changes: Changes, today: date) -> Checked:
    """All diagnostics of the program as it would be with `changes` made."""
    folder = Folder(root, changes)
    return _check(folder, folder.tree(), today)


def examine(snapshot: Snapshot, today: date) -> Loaded:
    """The program of a snapshot, with all its diagnostics, those of the rules among them."""
    loaded = load_tree(snapshot, snapshot.tree())
    found = {*loaded.diagnostics, *_located(snapshot, loaded.program, today)}
    return replace(loaded, diagnostics=tuple(sorted(found)))


def _check(folder: Folder, tree: Tree, today: date) -> Checked:
    loaded = load_tree(folder, tree)
    found = {*loaded.diagnostics, *_located(folder, loaded.program, today)}
    return Checked(diagnostics=tuple(sorted(found)), files=loaded.files)


def _located(folder: Files, program: Program, today: date) -> list[Diagnostic]:
    """What the rules find in a program, at its lines; reads again only the files it names."""
    seen: dict[str, tuple[dict[Keys, Place], int]] = {}
    return [
        _diagnostic(rule, finding, *_where(folder, program, finding, seen))
        for rule, finding in rules.findings(program, today)
    ]


def _where(
    folder: Files, program: Program, finding: Finding, seen: dict[str, Any]
) -> tuple[str, int, int]:
    if isinstance(finding.where, str):
        return finding.where, 1, 1
    path = program.path(finding.where)
    if path not in seen:
        seen[path] = _places(folder, path)
    found, lines_before_text = seen[path]
    if finding.text_at is not None:
        return path, lines_before_text + finding.text_at[0], finding.text_at[1]
    return path, *place(found, finding.keys, on_key=finding.on_key)


def _places(folder: Files, path: str) -> tuple[dict[Keys, Place], int]:
    try:
        data = folder.read(path)
    except OSError:  # it went away since it was read
        return {}, 0
    if not path.endswith(".md"):
        return source.places(data), 0
    head, body = source.front_matter(data)
    return source.places(head), data.count(b"\n") - body.count(b"\n")


def _diagnostic(rule: Rule, finding: Finding, path: str, line: int, column: int) -> Diagnostic:
    kind = kind_of(path)
    at = schema.audience_at(kind, finding.keys) if kind else "public"
    return Diagnostic(
        path=path,
        line=line,
        column=column,
        rule=rule.id,
        message=finding.message,
        help=finding.help,
        severity=rule.severity,
        audience=max(at, rule.audience, key=AUDIENCES.index),
        outline=rule.sentence,
        is_secret=rule.is_secret,
    )
