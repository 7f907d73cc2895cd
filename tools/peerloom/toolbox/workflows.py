"""The workflows of a program: the same bytes as in the repository in which Peerloom is made."""

from peerloom.toolbox.installed_files import workflows_folder

# They test and release Peerloom itself, which a program does not do.
_OF_THE_PROJECT = ("release.yml", "tests.yml")


def workflow_files() -> dict[str, str | bytes]:
    """Return the text of each workflow, by its path in the program."""
    return {
        f".github/workflows/{file.name}": file.read_text(encoding="utf-8")
        for file in sorted(workflows_folder().glob("*.yml"))
        if file.name not in _OF_THE_PROJECT
    }
