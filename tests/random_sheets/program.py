"""The program into which random sheets are read."""

from pathlib import Path

from click.testing import CliRunner

from peerloom import source
from peerloom.cli.command import peerloom
from peerloom.program import load
from peerloom.records import Program
from random_sheets.people import SKILLS


def make_program(root: Path) -> Program:
    """Make an empty program with a cohort and the skills that random people have."""
    start = ["--cohort", "spring", "--starts", "2027-01-11", "--weeks", "16"]
    names = ["--name", "Open Test", "--repository", "o/r"]
    made = CliRunner().invoke(peerloom, ["init", str(root), *names, *start])
    assert made.exit_code == 0, made.output
    file = root / "content/program.yml"
    entries = [
        {"id": skill.id, "name": skill.name}
        | ({"aliases": list(skill.aliases)} if skill.aliases else {})
        for skill in SKILLS
    ]
    text = file.read_text("utf-8")
    file.write_text(text.replace("skills:\n", source.dump({"skills": entries})), "utf-8")
    return load(root).program
