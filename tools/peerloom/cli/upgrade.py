"""`peerloom upgrade`."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from peerloom.cli.options import open_writer_or_exit, today_option, with_program_folder
from peerloom.cli.printing import can_ask, refuse, say, says_yes, show
from peerloom.cli.upgrade_plan import plan_upgrade_or_exit
from peerloom.text.phrases import count_noun, list_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from peerloom.upgrading import UpgradePlan

# How many files a refusal names.
_MOST_NAMED = 5


@click.command("upgrade")
@click.option(
    "--from", "said", metavar="VERSION", help="The version that wrote it, if it does not say so."
)
@click.option("--dry-run", is_flag=True, help="Show the plan, and write nothing.")
@click.option("--yes", is_flag=True, help="Carry out the plan without asking.")
@click.option(
    "--pull-request",
    is_flag=True,
    help="Propose it on GitHub, as GitHub Actions describes it; workflows stay.",
)
@click.option("--restore", is_flag=True, help="Write again what was deleted in the program.")
@today_option
@with_program_folder
def command(
    root: Path,
    said: str | None,
    dry_run: bool,
    yes: bool,
    restore: bool,
    pull_request: bool,
    today: date,
) -> None:
    """Bring the program from the version that wrote it to the one that is installed.

    Records get their new form, and the files that Peerloom made are renewed. What you have changed
    stays: it is merged with what is new or, where both changed the same lines, the new text lies
    beside it. A plan is shown first, and you are asked.
    """
    from peerloom.changes import CannotWrite

    if pull_request:
        from peerloom.cli.upgrade_on_github import propose_upgrade

        propose_upgrade(root, said, today)
        return
    writer = None if dry_run else open_writer_or_exit(root)
    unknown = () if dry_run else _require_way_back(root, is_agreed=yes)
    plan = plan_upgrade_or_exit(root, said, today, _refuse_to_write, restores=restore)
    _show_plan(plan)
    if writer is None or not plan.changes:
        return
    _refuse_to_replace(plan, unknown)
    if not yes:
        _ask_whether_to_go_on("Carry out this plan? (y/n)")
    try:
        writer.write_upgrade(plan.changes)
    except CannotWrite as error:
        refuse(str(error))
    say(f"upgraded to {plan.installed}: {count_noun(len(plan.changes), 'file')} changed")
    say("next: run 'peerloom check', look at what changed, and commit it")


def _refuse_to_write(message: str) -> NoReturn:
    refuse(f"nothing was written: {message}")


def _show_plan(plan: "UpgradePlan") -> None:
    from peerloom.text.escaping.terminal import printable
    from peerloom.upgrading import render_plan

    show(render_plan(plan, printable))


def _require_way_back(root: Path, *, is_agreed: bool) -> tuple[str, ...]:
    """Refuse to upgrade what is not committed; return the files that Git does not know.

    Outside of Git, nobody can take an upgrade back: that has to be agreed to.
    """
    from peerloom import git

    try:
        if git.is_in_repository(root):
            changed, unknown = git.list_uncommitted(root)
            if changed:
                refuse(_explain_uncommitted(changed))
            return unknown
        why = "this program is in no Git repository"
    except git.GitError as error:
        why = str(error)
    say(f"peerloom: {why}, so that an upgrade cannot be taken back", err=True)
    say(
        "  help: copy the folder first, or put it under Git: git init, git add, git commit",
        err=True,
    )
    if not is_agreed:
        _ask_whether_to_go_on("Upgrade it all the same? (y/n)")
    return ()


def _refuse_to_replace(plan: "UpgradePlan", unknown: "Iterable[str]") -> None:
    """Refuse to change files of which Git has no copy."""
    lost = sorted(plan.changes.keys() & {*unknown})
    if lost:
        refuse(_explain_uncommitted(lost))


def _explain_uncommitted(paths: "Sequence[str]") -> str:
    from peerloom.diagnostic import quoted

    more = f" and {len(paths) - _MOST_NAMED} more" if len(paths) > _MOST_NAMED else ""
    return (
        "nothing was written: some files are not committed, so that their upgrade could not be "
        f"taken back: {list_words(map(quoted, paths[:_MOST_NAMED]))}{more}\n"
        "  help: commit them, or put them aside with 'git stash', then run this again"
    )


def _ask_whether_to_go_on(question: str) -> None:
    """Ask; without a yes, exit with code 1."""
    if not can_ask():
        refuse("nothing was written: there is no terminal to ask in; '--yes' carries out the plan")
    if not says_yes(question):
        refuse("nothing was written")
