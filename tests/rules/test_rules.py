"""Every rule, held to its cases: `tests/cases/<rule>/*.case`, more files make more tests.

A case lists files after `==> path` lines; they are laid over the small program of
`folder.MINIMAL`. What must be found stands after `==> expect`: nothing, where there is none.
"""

import ast
import re
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from inspect import isfunction
from pathlib import Path
from pkgutil import iter_modules

import pytest
from click.testing import CliRunner

import folder
from peerloom import bounds, program, rules, schema, source
from peerloom.cli.command import peerloom
from peerloom.made_files import MADE_RULES
from peerloom.pages.rules_reference import describe_rules
from peerloom.rules import RULES
from peerloom.rules.anchors import ANCHOR_RULES
from peerloom.rules.rule import Finding
from peerloom.site_settings import SITE_RULES
from peerloom.toolbox_problems import TOOLBOX_RULES

CASES = Path(__file__).parents[1] / "cases"
TODAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    "file", sorted(CASES.glob("*/*.case")), ids=lambda f: f"{f.parent.name}-{f.stem}"
)
def test_a_case_has_exactly_what_it_expects(file: Path, tmp_path: Path) -> None:
    files, expected = folder.case(file)
    root = folder.write(tmp_path, folder.MINIMAL | files)
    found = [f"{d.path}:{d.line}:{d.column} {d.rule}" for d in folder.diagnostics(root, TODAY)]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_has_a_valid_and_an_invalid_case_and_a_line_in_the_docs(rule) -> None:
    names = {file.stem.partition("-")[0] for file in (CASES / rule.id).glob("*.case")}
    assert names == {"valid", "invalid"}
    _, expected = folder.case(CASES / rule.id / "invalid.case")
    assert any(line.endswith(f" {rule.id}") for line in expected)
    assert f"| `{rule.id}` |" in describe_rules()
    assert rule.sentence.endswith(".")


@pytest.mark.parametrize("rule", [*SITE_RULES, *ANCHOR_RULES])
def test_what_must_hold_for_the_site_has_a_valid_and_an_invalid_case(rule: str) -> None:
    names = {file.stem.partition("-")[0] for file in (CASES / rule).glob("*.case")}
    assert names == {"valid", "invalid"}
    _, expected = folder.case(CASES / rule / "invalid.case")
    assert any(line.endswith(f" {rule}") for line in expected)


def test_the_page_of_rules_reads_in_a_terminal_as_on_the_site() -> None:
    printed = CliRunner().invoke(peerloom, ["rules"]).stdout
    assert printed == describe_rules()
    assert re.findall("&#?[a-z0-9]+;", printed) == []
    for rule in RULES:
        # Nothing in a sentence means anything to Markdown or HTML, so nothing in it is escaped.
        assert re.findall(r"[|<>&*_\[\]\\`~]", rule.sentence) == [], rule.id


PACKAGE = Path(source.__file__).parent
READERS = ("source.py", "bounds.py", "schema.py")
READING = (
    program.FILE_RULES.keys()
    | source.YAML_RULES.keys()
    | bounds.PAGE_RULES.keys()
    | schema.SCHEMA_RULES.keys()
)
IDS = (
    {rule.id for rule in RULES}
    | READING
    | MADE_RULES.keys()
    | TOOLBOX_RULES.keys()
    | SITE_RULES.keys()
    | ANCHOR_RULES.keys()
)


def _said_in_code() -> Iterator[str]:
    """Texts in the code that reads files which are written as only rules' ids are."""
    for file in (*map(PACKAGE.joinpath, READERS), *(PACKAGE / "program").glob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            given = [*node.args, *(k.value for k in node.keywords)] if _is_finding(node) else []
            for value in given:
                if isinstance(value, ast.Constant) and _is_id(value.value):
                    yield value.value


def _is_finding(node: ast.AST) -> bool:
    makers = ("Flaw", "_add_flaw", "Problem", "_one_problem", "Diagnostic")
    name = getattr(node, "func", None)
    return isinstance(node, ast.Call) and getattr(name, "id", getattr(name, "attr", "")) in makers


def _is_id(text: object) -> bool:
    return isinstance(text, str) and "-" in text and text.replace("-", "").isalnum()


def test_every_public_generator_of_findings_is_in_the_list() -> None:
    modules = [import_module(f"peerloom.rules.{m.name}") for m in iter_modules(rules.__path__)]
    generators = {
        function
        for module in modules
        for name, function in vars(module).items()
        if isfunction(function)
        and function.__module__ == module.__name__
        and not name.startswith("_")
        and function.__annotations__.get("return") == Iterator[Finding]
    }
    assert generators - {rule.check for rule in RULES} == set()


def test_every_rule_that_can_be_broken_is_on_the_page_of_rules() -> None:
    expected = {line.split()[-1] for f in CASES.glob("*/*.case") for line in folder.case(f)[1]}
    said = set(_said_in_code())
    assert expected | said <= IDS
    assert said == READING
    rows = [line.split("`")[1] for line in describe_rules().splitlines() if line.startswith("| `")]
    assert len(rows) == len(set(rows))
    assert set(rows) == IDS
