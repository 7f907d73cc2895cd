"""Every rule, held to its cases: `tests/cases/<rule>/*.case`, more files make more tests.

A case lists files after `==> path` lines; they are laid over the small program of
`folder.MINIMAL`. What must be found stands after `==> expect`: nothing, where there is none.
"""

from datetime import date
from pathlib import Path

import pytest

import folder
from peerloom.pages.reference_rules import rules_reference
from peerloom.program import check
from peerloom.rules import RULES

CASES = Path(__file__).parent / "cases"
TODAY = date(2026, 3, 1)


def _case(file: Path) -> tuple[dict[str, str], list[str]]:
    files: dict[str, str] = {}
    at = ""
    for line in file.read_text(encoding="utf-8").splitlines(keepends=True):
        if line.startswith("==> "):
            at = line.removeprefix("==> ").strip()
            files[at] = ""
        elif at:
            files[at] += line
    return files, files.pop("expect", "").splitlines()


@pytest.mark.parametrize(
    "file", sorted(CASES.glob("*/*.case")), ids=lambda f: f"{f.parent.name}-{f.stem}"
)
def test_a_case_has_exactly_what_it_expects(file: Path, tmp_path: Path) -> None:
    files, expected = _case(file)
    root = folder.write(tmp_path, folder.MINIMAL | files)
    found = [f"{d.path}:{d.line}:{d.column} {d.rule}" for d in check(root, TODAY).diagnostics]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_a_valid_and_an_invalid_case_and_a_line_in_the_docs(rule) -> None:
    names = {file.stem.partition("-")[0] for file in (CASES / rule.id).glob("*.case")}
    assert names == {"valid", "invalid"}
    _, expected = _case(CASES / rule.id / "invalid.case")
    assert any(line.endswith(f" {rule.id}") for line in expected)
    assert f"| `{rule.id}` |" in rules_reference()
    assert rule.sentence.endswith(".")
