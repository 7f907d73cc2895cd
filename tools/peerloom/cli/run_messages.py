"""What a command says of itself on the page of the workflow's run: annotations and summary."""

from collections.abc import Sequence
from typing import NoReturn

from peerloom.cli.printing import refuse, show_commands
from peerloom.text.escaping.github import escape_comment
from peerloom.text.escaping.workflow_log import escape_command_data
from peerloom.text.phrases import count_noun


def refuse_in_run(message: str) -> NoReturn:
    """End the command with code 1 and a sentence in the log, beside the run and in its summary."""
    from peerloom.github import add_to_run_summary

    _annotate("Nothing was changed", message)
    add_to_run_summary(f"Nothing was changed: {escape_comment(message)}.")
    refuse(f"nothing was changed: {message}")


def refuse_answers_in_run(problems: Sequence[str]) -> NoReturn:
    """End the command with code 1 and all that is wrong with the answers to a workflow's form."""
    from peerloom.github import add_to_run_summary

    for problem in problems:
        _annotate("This answer must be corrected", problem)
    listed = "\n".join(f"- {escape_comment(problem)}" for problem in problems)
    add_to_run_summary(f"Nothing was changed. Run it again with these corrected:\n\n{listed}")
    refuse(f"nothing was changed; {count_noun(len(problems), 'answer')} must be corrected")


def _annotate(title: str, message: str) -> None:
    show_commands(f"::error title={title}::{escape_command_data(message)}\n")
