"""What commands print does nothing to a terminal, and nothing in a workflow's log."""

import ast
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

import folder
import runner
from peerloom.cli.command import peerloom
from peerloom.diagnostic import Diagnostic, diagnostics_as_github
from peerloom.text.escaping.terminal import for_terminal, json_for_display
from peerloom.text.escaping.workflow_log import for_log

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "tools" / "peerloom"
NAME = "::error::x ##[error]y"
HOSTILE = folder.MINIMAL | {
    "content/participants/ada.yml": folder.MINIMAL["content/participants/ada.yml"].replace(
        "Ada Example", json.dumps(NAME)
    )
}
LOG = {"GITHUB_ACTIONS": "true"}


def test_nothing_but_one_module_prints() -> None:
    direct = [
        f"{file.relative_to(PACKAGE)}:{node.lineno}"
        for file in sorted(PACKAGE.rglob("*.py"))
        if file != PACKAGE / "cli" / "printing.py"
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if _prints(node)
    ]
    assert direct == []


def _prints(node: ast.AST) -> bool:
    """Whether it writes to a terminal, or takes a name by which something else could."""
    if isinstance(node, ast.ImportFrom) and node.module == "click":
        return True
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        return node.func.id in ("print", "input")
    return isinstance(node, ast.Attribute) and (
        (isinstance(node.value, ast.Name) and node.value.id == "click" and node.attr in _PRINTERS)
        or (node.attr in ("write", "writelines") and ast.unparse(node.value).startswith("sys.std"))
    )


_PRINTERS = ("echo", "secho", "echo_via_pager", "prompt", "confirm", "progressbar", "pause", "edit")


@pytest.mark.parametrize(
    ("text", "terminal", "log"),
    [
        ("a::b", "a::b", "a::b"),
        ("::error::x", "::error::x", ": :error::x"),
        ("a\n  ::error::x\n", "a\n  ::error::x\n", "a\n  : :error::x\n"),
        ("a\r\n::x::y", "a\n::x::y", "a\n: :x::y"),
        ("a\r::x::y", "a\\r::x::y", "a\\r::x::y"),
        ("\t::x::y", "\\t::x::y", "\\t::x::y"),
        ("\u00a0::x::y", "\\xa0::x::y", "\\xa0::x::y"),
        ("\u2028::x::y", "\\u2028::x::y", "\\u2028::x::y"),
        (":::x::", ":::x::", ": ::x::"),
        ("a ##[error]b", "a ##[error]b", "a # #[error]b"),
        ("###[error]b##[x]", "###[error]b##[x]", "## #[error]b# #[x]"),
        ("\x1b[31mred\x07\x9b", "\\x1b[31mred\\x07\\x9b", "\\x1b[31mred\\x07\\x9b"),
        ("\u202eabc", "\\u202eabc", "\\u202eabc"),
        ("Žižek 日本 😀", "Žižek 日本 😀", "Žižek 日本 😀"),
    ],
    ids=ascii,
)
def test_a_text_does_nothing_on_a_terminal_and_none_of_its_lines_is_a_command(
    text: str, terminal: str, log: str
) -> None:
    assert for_terminal(text) == terminal
    assert for_log(text) == log
    assert runner.commands(log) == []


@pytest.mark.parametrize(
    "value",
    [
        "##[error]x",
        "###[x]",
        "a\u2028::x",
        "\x7f\x9b\u202e",
        "😀 日本\U000e0001",
        "\ud800",
        "\\##[",
    ],
    ids=ascii,
)
@pytest.mark.parametrize("ensure_ascii", [True, False])
def test_json_says_the_same_and_does_nothing(value: str, ensure_ascii: bool) -> None:
    text = json.dumps({value: [value]}, indent=2, ensure_ascii=ensure_ascii)
    shown = json_for_display(text)
    assert json.loads(shown) == {value: [value]}
    assert runner.commands(shown) == []
    assert all(c == "\n" or c.isprintable() for c in shown)


def test_an_annotation_of_ours_is_one_command_whatever_it_speaks_of() -> None:
    hostile = "x\n::error::y ##[error]z\r%0A::warning::"
    found = Diagnostic(path=hostile, rule="a-rule", message=hostile, help=hostile)
    text = diagnostics_as_github([found])
    assert runner.carried_out(text) == ["error"]
    assert "##[" not in text


def _run(root: Path, *words: str, **environment: str) -> str:
    run = CliRunner().invoke(peerloom, ["-C", str(root), *words], env=environment)
    return run.stdout + run.stderr


@pytest.mark.parametrize(
    "words",
    [
        *("attention", "check", "report spring", "remind"),
        *("match spring", "shortlist spring", "shortlist spring ada", "explain spring grace"),
        *("circles spring", "learn spring", "criteria spring"),
    ],
)
def test_a_log_names_people_and_runs_nothing(words: str, tmp_path: Path) -> None:
    root = folder.write(tmp_path, HOSTILE)
    assert runner.commands(_run(root, *words.split(), **LOG)) == []


def test_on_a_terminal_a_name_stands_as_it_was_written(tmp_path: Path) -> None:
    root = folder.write(tmp_path, HOSTILE)
    today = ("--today", "2026-03-01")
    assert f"{NAME} and Grace Example" in _run(root, "attention", *today, GITHUB_ACTIONS="")
    # Only at the start of a line would `::` be a command.
    shown = "Grace Example has ::error::x # #[error]y already"
    assert shown in _run(root, "explain", "spring", "grace", *today, **LOG)


FOR_COORDINATORS = [
    *("attention", "attention spring --format md", "attention --format json"),
    *("remind --format json", "report spring --audience coordinators"),
]
FOR_MEMBERS = ["report spring --audience members --format csv"]


@pytest.mark.parametrize(
    ("visibility", "words", "is_printed"),
    [
        *(("private", words, False) for words in FOR_COORDINATORS),
        *(("private", words, True) for words in [*FOR_MEMBERS, "report spring", "remind"]),
        *(("public", words, False) for words in [*FOR_COORDINATORS, *FOR_MEMBERS]),
        *(("public", words, True) for words in ("report spring", "remind")),
    ],
)
def test_a_log_holds_only_what_everybody_may_read_who_can_read_the_repository(
    visibility: str, words: str, *, is_printed: bool, tmp_path: Path
) -> None:
    program = folder.MINIMAL["content/program.yml"].replace("private", visibility)
    root = folder.write(tmp_path, folder.MINIMAL | {"content/program.yml": program})
    call = ["-C", str(root), *words.split(), "--today", "2026-03-01"]
    log = CliRunner().invoke(peerloom, call, env=LOG)
    assert bool(log.stdout) == is_printed
    assert log.exit_code == (0 if is_printed else 1)
    assert ("can read this log: write it into a file" in log.stderr) != is_printed
    assert CliRunner().invoke(peerloom, call, env={"GITHUB_ACTIONS": ""}).stdout


@pytest.mark.parametrize("form", ["md", "html", "csv", "json"])
def test_what_goes_into_a_file_is_not_touched(form: str, tmp_path: Path) -> None:
    root = folder.write(tmp_path / "p", HOSTILE)
    words = ["report", "spring", "--format", form, "--audience", "coordinators"]
    command = [sys.executable, "-m", "peerloom", "-C", str(root), *words, "--today", "2026-03-01"]
    written = []
    for name, environment in {"here": {"GITHUB_ACTIONS": ""}, "actions": LOG}.items():
        with (tmp_path / name).open("wb") as file:
            subprocess.run(command, check=True, stdout=file, env=os.environ | environment)
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1]
    assert written[0]


WRONG = {
    "an argument": ["report", "##[error]x"],
    "a line break": ["check", "x\n::error::y"],
    "an option": ["--##[error]x"],
    "a command": ["\n::error::x"],
    "a choice": ["check", "--format", "##[error]"],
    "a date": ["attention", "--today", "x\n::error::y"],
    "a file": ["import", "##[error]x", "--cohort", "spring"],
    "a number": ["serve", "--port", "##[error]x"],
    "a key": ["new", "event", "##[error]x=y"],
    "no key": ["new", "event", "##[error]x"],
}


@pytest.mark.parametrize("what", WRONG)
def test_why_a_command_was_wrong_is_told_and_runs_nothing(what: str, tmp_path: Path) -> None:
    root = folder.write(tmp_path, HOSTILE)
    run = CliRunner().invoke(peerloom, ["-C", str(root), *WRONG[what]], env=LOG)
    assert run.exit_code in (1, 2)
    assert "error" in run.stderr
    assert runner.commands(run.stdout + run.stderr) == []


def _process(code: str, **environment: str) -> str:
    env = os.environ | environment
    command = [sys.executable, "-c", code]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env).stderr


def test_a_bug_s_traceback_runs_nothing() -> None:
    code = (
        "from peerloom.cli import command\n"
        "def broken(*_, **__): raise ValueError('x\\n::error::y ##[error]z')\n"
        "command.peerloom = broken\n"
        "command.main()"
    )
    said = _process(code, **LOG)
    assert "ValueError" in said
    assert runner.commands(said) == []


def test_what_a_library_warns_of_runs_nothing() -> None:
    code = (
        "import logging, warnings\n"
        "from peerloom.cli import printing\n"
        "printing.show_warnings_of_libraries()\n"
        "logging.getLogger('x').warning('a\\n::error::y')\n"
        "warnings.warn('##[error]z')"
    )
    said = _process(code, **LOG)
    assert ": :error::y" in said
    assert runner.commands(said) == []


def test_an_interrupted_question_ends_with_a_sentence(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "peerloom", "-C", str(tmp_path), "init", "p"]
    with subprocess.Popen(command, stdin=theirs, stderr=subprocess.PIPE, stdout=theirs) as process:
        os.write(ours, b"\x04")
        _, said = process.communicate()
    os.close(ours)
    os.close(theirs)
    assert process.returncode == 1
    assert said.decode().endswith("peerloom: interrupted; nothing more is done\n")


def test_the_group_can_be_used_from_another_program(tmp_path: Path) -> None:
    with pytest.raises(click.UsageError):
        peerloom.main(["-C", str(tmp_path), "nonsense"], standalone_mode=False)
