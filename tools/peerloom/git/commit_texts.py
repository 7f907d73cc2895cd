"""Reads the texts of a commit, by their paths."""

from peerloom.git.repository import Repository
from peerloom.made_files import ReadText, normalize_text


def commit_text_reader(repository: Repository, commit: str) -> ReadText:
    """Return what reads the texts of a commit, with line ends as they are made."""
    tree = repository.list_files(commit)

    def read_text(path: str) -> str | None:
        entry = tree.get(path)
        if entry is None:
            return None
        return normalize_text(repository.read_contents([entry.id])[entry.id])

    return read_text
