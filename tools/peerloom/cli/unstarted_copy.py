"""What commands do in a copy of the template in which no program was started yet: nothing.

Its people, pairs and due dates are the example's. Its workflows run all the same, and would open
issues in which strangers are mentioned, or write days into the example's check-ins.
"""

import os
from pathlib import Path

import click

from peerloom.cli.printing import say


def end_in_unstarted_copy(root: Path) -> None:
    """End the command with code 0 where Actions runs it in a copy of the template."""
    from peerloom.program import load
    from peerloom.template_copy import holds_source, is_unstarted_copy

    repository = os.environ.get("GITHUB_REPOSITORY", "")
    if not repository or not holds_source(root):
        return
    if is_unstarted_copy(root, load(root).program.settings.repository, repository):
        say("this copy of the template holds no program yet: start one by the workflow 'start'")
        raise click.exceptions.Exit(0)
