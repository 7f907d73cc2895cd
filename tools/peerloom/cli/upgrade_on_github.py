"""`peerloom upgrade --pull-request`: an upgrade that a workflow proposes.

The token of a workflow may not change workflows. Where one must change, a person does the rest in a
Codespace, by one command.
"""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from peerloom.cli.printing import show
from peerloom.cli.run_messages import refuse_in_run, say_pull_request
from peerloom.github_names import UPGRADE_BRANCH

if TYPE_CHECKING:
    from peerloom.upgrading import UpgradePlan

# It runs the newest release, whatever is installed in the Codespace.
_ONE_COMMAND = "pipx run --no-cache peerloom upgrade"


def propose_upgrade(root: Path, said: str | None, today: date) -> None:
    """Open a pull request with all that an upgrade changes, except for workflows."""
    from peerloom import github
    from peerloom.cli.publisher import publisher_for
    from peerloom.cli.upgrade_plan import plan_upgrade_or_exit
    from peerloom.text.escaping.github import format_code
    from peerloom.text.escaping.terminal import printable
    from peerloom.upgrading import render_plan

    plan = plan_upgrade_or_exit(root, said, today, refuse_in_run, may_change_workflows=False)
    show(render_plan(plan, printable))
    if plan.unfit:
        refuse_in_run(
            "this upgrade changes workflows that could not run without it, and the token of a "
            "workflow may not change one. Open the repository in a Codespace, and type there: "
            f"{_ONE_COMMAND}"
        )
    if not plan.changes:
        _say_left_out(plan)
        return
    publisher = publisher_for(root, today)
    body = "\n\n".join([render_plan(plan, format_code), *_describe_rest(plan)])
    starter = github.read_starter() or publisher.account
    title = f"Upgrade Peerloom to {plan.installed}"
    try:
        number = github.submit_upgrade(publisher, plan.changes, title, body, starter)
    except github.BranchIsTakenError as error:
        refuse_in_run(str(error))
    except github.GitHubError as error:
        refuse_in_run(f"{error}{error.next_step}")
    say_pull_request(
        publisher, number, UPGRADE_BRANCH, ("the upgrade", "upgrades the program"), body
    )


def _describe_rest(plan: "UpgradePlan") -> list[str]:
    if not plan.left_out:
        return []
    rest = (
        "Workflows are not in this pull request, because the token of a workflow may not change "
        "one. After merging it, open the repository in a Codespace, and type there: "
        f"`{_ONE_COMMAND}`"
    )
    return [rest]


def _say_left_out(plan: "UpgradePlan") -> None:
    if plan.left_out:
        refuse_in_run(
            "only workflows are left to be upgraded, and the token of a workflow may not change "
            f"one. Open the repository in a Codespace, and type there: {_ONE_COMMAND}"
        )
