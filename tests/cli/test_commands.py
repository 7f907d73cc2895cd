"""The commands themselves: documented, explained, and kind to a word that is nearly right."""

import re
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import folder
from peerloom.cli.command import COMMANDS, peerloom

ROOT = Path(__file__).parents[2]
NAMES = [name for name, _, _ in COMMANDS]
CONTEXT = click.Context(peerloom, info_name="peerloom")


def _command(name: str) -> click.Command:
    found = peerloom.get_command(CONTEXT, name)
    assert found is not None
    return found


def _run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(peerloom, ["-C", str(root), *arguments], catch_exceptions=False)


@pytest.mark.parametrize("name", NAMES)
def test_a_command_is_in_the_readme(name: str) -> None:
    assert f"`peerloom {name}" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_a_command_and_each_of_its_options_say_what_they_are_for(name: str) -> None:
    command = _command(name)
    assert command.name == name
    assert command.help
    silent = [
        option.opts
        for option in command.params
        if isinstance(option, click.Option) and not option.help
    ]
    assert silent == []


@pytest.mark.parametrize("name", NAMES)
def test_a_command_explains_itself_where_there_is_no_program(name: str, tmp_path: Path) -> None:
    said = _run(tmp_path, name, "--help")
    assert (said.exit_code, said.stderr) == (0, "")
    assert said.stdout.startswith(f"Usage: peerloom {name} ")
    words = said.stdout.replace("\n", " ").split()
    for parameter in _command(name).params:
        shown = parameter.opts[0] if isinstance(parameter, click.Option) else parameter.metavar
        assert shown is None or any(shown in word for word in words), shown
        if isinstance(parameter.type, click.Choice):
            unwrapped = re.sub(r"-\n\s+", "-", said.stdout)
            assert [w for w in parameter.type.choices if w not in unwrapped] == []
    assert list(tmp_path.iterdir()) == []


def test_every_command_is_listed_with_what_it_does() -> None:
    said = CliRunner().invoke(peerloom, ["--help"]).stdout
    for name, _, does in COMMANDS:
        assert f"  {name} " in said
        assert does in said


@pytest.mark.parametrize("command", ["rules", "schema pair"])
def test_what_records_are_held_to_is_told_where_there_is_no_program(
    command: str, tmp_path: Path
) -> None:
    said = _run(tmp_path, *command.split())
    assert (said.exit_code, said.stderr) == (0, "")
    assert said.stdout.endswith("\n")


NEARLY = {
    "chek": "there is no command 'chek'; did you mean 'check'?",
    "xyzzy": "there is no command 'xyzzy'; see peerloom --help",
    "report sprin": "there is no cohort 'sprin'; did you mean 'spring'?",
    "report 2031": "there is no cohort '2031'; the cohorts are: spring",
    "attention sprng": "there is no cohort 'sprng'; did you mean 'spring'?",
    "new particpant": (
        "Invalid value for 'KIND': 'particpant' is not known; did you mean 'participant'?"
    ),
    "schema parir": "Invalid value for 'KIND': 'parir' is not known; did you mean 'pair'?",
    "schema zzz": (
        "Invalid value for 'KIND': 'zzz' is not known; it is one of program, cohort, "
        "participant, pair, circle, check-in, follow-up, survey, response, reading, "
        "published, event, resource, training, page"
    ),
    "check --format jsn": (
        "Invalid value for '--format': 'jsn' is not known; did you mean 'json'?"
    ),
    "report spring --audience member": (
        "Invalid value for '--audience': 'member' is not known; did you mean 'members'?"
    ),
    "build --engine mkdoc": (
        "Invalid value for '--engine': 'mkdoc' is not known; did you mean 'mkdocs'?"
    ),
    "check --tody 2026-03-01": "No such option '--tody'. Did you mean '--today'?",
    "check nowhere": "Invalid value: 'nowhere' must be a file or folder of the program",
    "check ../..": "Invalid value: '../..' must be a file or folder of the program",
    "new participant id=ada id.x=b": "'id' must be left out where 'id.x' is given",
    "new participant ada": "'ada' must be KEY=VALUE, such as name='Ada Example'",
}


@pytest.mark.parametrize("line", NEARLY)
def test_a_word_that_is_nearly_right_is_told_the_right_one(line: str, tmp_path: Path) -> None:
    root = folder.write(tmp_path, folder.MINIMAL)
    shutil.copy(ROOT / "mkdocs.yml", root)
    said = _run(root, *line.split())
    assert (said.exit_code, said.stdout) == (2, "")
    assert said.stderr.splitlines()[-1] == f"Error: {NEARLY[line]}"
