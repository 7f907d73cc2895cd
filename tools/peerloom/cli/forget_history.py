"""`peerloom forget --history`: a clone whose history does not know somebody."""

from pathlib import Path
from typing import TYPE_CHECKING

from peerloom.cli.options import load_program_or_exit, path_from_here
from peerloom.cli.printing import refuse, say, show
from peerloom.diagnostic import quoted
from peerloom.text.phrases import list_words

if TYPE_CHECKING:
    from peerloom.git.rewriting import Rewritten
    from peerloom.records import Program

# The folders whose files say whom the history names, and how.
_FOLDERS = ("content/participants", "content/pairs")


def rewrite_history_or_exit(root: Path, id_: str, tombstone: str | None, folder: Path) -> None:
    """Clone the repository into a new folder, rewrite that, and say what is to be done then."""
    from peerloom import forgetting
    from peerloom.git import GitError, rewriting

    try:
        rewriting.require_filter_repo()
        program = load_program_or_exit(root)
        _require_forgotten(root, program, id_, folder)
        versions = rewriting.read_all_versions(root, *_FOLDERS)
        person = forgetting.find_person_in_versions(id_, versions)
        if person is None:
            refuse(f"the history has no record of {quoted(id_)}, so nothing is to be rewritten")
        tombstone = _choose_tombstone(
            program, id_, tombstone, rewriting.find_tombstones_of(root, id_)
        )
        today = program.participants[tombstone].forgotten_on
        assert today is not None
        authors = rewriting.read_authors(root)
        edits = forgetting.edits_of_history(program, person, tombstone, today, versions, authors)
        rewriting.clone_whole_history(root, folder)
        rewritten = rewriting.rewrite_history(folder, edits)
        left = list(rewriting.find_unreachable_words(folder, edits))
    except GitError as error:
        refuse(f"the history was not rewritten; {error}")
    _say_what_is_done(id_, folder, left)
    _say_what_to_do(program, folder, rewritten)


def _require_forgotten(root: Path, program: "Program", id_: str, folder: Path) -> None:
    """End the command where somebody is not forgotten yet, or a clone cannot be made."""
    from peerloom.git import Repository, list_uncommitted
    from peerloom.git.history import is_whole_history_here

    if id_ in program.participants:
        refuse(f"{quoted(id_)} is still in the program; run 'peerloom forget {id_}' first")
    if folder.exists():
        refuse(f"'{path_from_here(folder)}' must be a folder that does not exist yet")
    Repository(root)  # it must be the top of one
    changed, unknown = list_uncommitted(root)
    if changed or unknown:
        refuse("commit everything first; what is not committed would be missing in the clone")
    if not is_whole_history_here(root):
        refuse("the whole history must be here; run: git fetch --unshallow")


def _choose_tombstone(
    program: "Program", id_: str, wanted: str | None, found: tuple[str, ...]
) -> str:
    """Return the id that somebody has now."""
    known = [each for each in found if each in program.participants]
    if wanted is None and len(known) == 1:
        return known[0]
    forgotten = [p.id for p in program.participants.values() if p.forgotten_on]
    if wanted not in forgotten:
        refuse(
            f"it is not known under which id {quoted(id_)} is counted now; say it with '--as': it "
            f"is one of {list_words(forgotten) or 'none'}"
        )
    return wanted


def _say_what_is_done(id_: str, folder: Path, left: list[str]) -> None:
    place = path_from_here(folder)
    say(f"rewritten: {place} has no trace of {id_}; nothing was changed here or on GitHub")
    if left:
        say("except in these files, which are no text, or where the word may mean something else")
        show("".join(f"  {path}\n" for path in left))


def _say_what_to_do(program: "Program", folder: Path, rewritten: "Rewritten") -> None:
    from peerloom.forgetting import describe_out_of_reach

    place, repository = path_from_here(folder), program.settings.repository
    address = f"https://github.com/{repository}.git"
    steps = [f"push --force --{what} {address}" for what in ("all", "tags")]
    steps += [f"push --delete {address} {ref}" for ref in rewritten.renamed_refs]
    say("to put it in place of what GitHub has, with everybody's changes merged before:")
    show("".join(f"  git -C {place} {step}\n" for step in steps))
    say("  (allow force pushes for the branch for as long as that takes)")
    for line in describe_out_of_reach(repository, rewritten.first_commits):
        say(line)
