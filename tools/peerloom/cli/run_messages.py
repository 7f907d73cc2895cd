"""What a command says of itself on the page of the workflow's run: annotations and summary."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn

from peerloom.cli.printing import refuse, say, show_commands
from peerloom.text.escaping.github import escape_comment
from peerloom.text.escaping.workflow_log import escape_command_data
from peerloom.text.phrases import count_noun

if TYPE_CHECKING:
    from peerloom.github import Publisher


def say_pull_request(
    publisher: "Publisher", number: int | None, branch: str, words: tuple[str, str], body: str
) -> None:
    """Say where a pull request is; without a number, the click that opens one for a branch.

    `words` are what is ready, such as "the upgrade", and what it does, such as "upgrades the
    program"; `body` is the pull request's text in Markdown, which the summary has, too.
    """
    from peerloom.github import add_to_run_summary

    ready, does = words
    if number is not None:
        link = publisher.link_to_pull_request(number)
        say(f"pull request #{number} {does}: read and merge it at {link}")
        add_to_run_summary(f"[Pull request #{number}]({link}) {does}.\n\n{body}")
        return
    link = publisher.link_to_open(branch)
    message = f"{ready} is ready; one click is left, 'Create pull request', at {link}"
    show_commands(f"::notice title=One click is left::{escape_command_data(message)}\n")
    add_to_run_summary(
        f"{ready.capitalize()} is ready on a branch. Actions may open no pull request here, so one "
        f"click is left: **[Create pull request]({link})**.\n\n{body}"
    )


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
