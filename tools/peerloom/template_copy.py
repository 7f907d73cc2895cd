"""A repository made from Peerloom's own by "Use this template": what is in it, and what is kept.

GitHub makes such a repository with one commit, which holds all that the template held. So whatever
differs from the first commit was written by somebody since.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from peerloom.filenames import is_sheet
from peerloom.github_names import WORKFLOWS_FOLDER
from peerloom.project_urls import find_project_url
from peerloom.text.escaping.github import escape_comment, format_code

# Where a program keeps what somebody wrote before it was started.
KEPT_FOLDER = "before-start"
# A copy holds the source of Peerloom, and a program does not.
_SOURCE_FOLDER = "tools/peerloom"


class GitFile(NamedTuple):
    """A file as Git holds it: its mode, and the id of its object."""

    mode: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFiles:
    """What a program has from the repository in which it is started.

    `files` are Git's own files by their new paths: the workflows, byte for byte, and in
    `KEPT_FOLDER` whatever somebody wrote. `written` has the paths of the latter as they were,
    `changed_workflows` and `missing_workflows` those of workflows that are not as shipped.
    """

    files: Mapping[str, GitFile]
    written: tuple[str, ...]
    changed_workflows: tuple[str, ...]
    missing_workflows: tuple[str, ...]


def choose_kept_files(
    first: Mapping[str, GitFile], now: Mapping[str, GitFile], wanted_workflows: Collection[str]
) -> KeptFiles:
    """Return what a program keeps of a repository, of which these are the files by their paths.

    `first` is as its first commit has them, `now` as its newest has them. `wanted_workflows` are
    the paths of the workflows that a program needs. No workflow is changed, added or deleted,
    because the token of a workflow may do none of these.
    """
    workflows = {path: file for path, file in now.items() if _is_workflow(path)}
    others = [path for path in now if not _is_workflow(path)]
    written = tuple(sorted(path for path in others if first.get(path) != now[path]))
    return KeptFiles(
        files={**workflows, **{f"{KEPT_FOLDER}/{path}": now[path] for path in written}},
        written=written,
        changed_workflows=tuple(sorted(p for p, file in workflows.items() if first.get(p) != file)),
        missing_workflows=tuple(sorted(path for path in wanted_workflows if path not in workflows)),
    )


def _is_workflow(path: str) -> bool:
    return path.startswith(f"{WORKFLOWS_FOLDER}/")


def holds_source(root: Path) -> bool:
    """Whether a folder holds the source of Peerloom, as the project's own and its copies do."""
    return (root / _SOURCE_FOLDER).is_dir()


def find_home_of_peerloom() -> str | None:
    """Return OWNER/REPO of where Peerloom is made, as what is installed says, or `None`."""
    address = find_project_url("Source")
    return address and address.removeprefix("https://github.com/")


def is_unstarted_copy(root: Path, home: str, repository: str) -> bool:
    """Whether a folder is a copy of the template in which no program was started yet.

    `home` is the repository that its `content/program.yml` names, `repository` the one it is in.
    Until it is started, its people and due dates are the template's.
    """
    return holds_source(root) and home.casefold() != repository.casefold()


def describe_start(name: str, kept: KeptFiles) -> str:
    """Return what the pull request that starts a program says, as Markdown."""
    what = (
        f"This makes the repository the program **{escape_comment(name)}**: an empty one of your "
        "own in place of the example, with a first cohort and texts that are yours to edit. The "
        "workflows stay as they are."
    )
    next_step = (
        "Next: choose **Merge pull request**. Then open the repository in a Codespace (**Code**, "
        "**Codespaces**, **Create codespace on main**) to import your sign-ups. The program's "
        "`README.md` says how it goes on."
    )
    return "\n\n".join([what, next_step, *_describe_kept_files(kept)])


def _describe_kept_files(kept: KeptFiles) -> Iterator[str]:
    if kept.written:
        yield _list_paths(
            f"Somebody had written these files. They are kept in the folder `{KEPT_FOLDER}`: move "
            "what you want to where it belongs, then delete the folder.",
            kept.written,
        )
    if sheets := [path for path in kept.written if is_sheet(path)]:
        yield _list_paths(
            "These are sheets, which hold what people did not agree to show. Whoever can read the "
            "repository will find them in its history, and `peerloom check` fails until they "
            "are deleted. It is easiest to keep them on your own computer, delete this repository, "
            "and make another from the template:",
            sheets,
        )
    if kept.changed_workflows:
        yield _list_paths(
            "These workflows are not as they were shipped, and stay as they are:",
            kept.changed_workflows,
        )
    if kept.missing_workflows:
        yield _list_paths(
            "These workflows were deleted. A workflow may not bring them back; "
            "`peerloom upgrade --restore` in a Codespace does.",
            kept.missing_workflows,
        )


def _list_paths(sentence: str, paths: Collection[str]) -> str:
    listed = "\n".join(f"- {format_code(path)}" for path in paths)
    return f"{sentence}\n\n{listed}"
