"""Publishes the figures of closed dates where no person is at work."""

from peerloom.changes import Changes
from peerloom.github.actions import add_step_output
from peerloom.github.land_changes import OwnChange, land_change
from peerloom.github.publisher import Publisher
from peerloom.github_names import PUBLISH_BRANCH

_TITLE = "Publish the figures of closed check-in dates"
_BODY = (
    "These figures are written once, as they were known when each date was closed, and never "
    "change. They name nobody. docs/publishing.md of Peerloom says why."
)


def publish_figures(publisher: Publisher, texts: Changes) -> str:
    """Publish records as the program chooses, and say where they are. Raises `GitHubError`."""
    change = OwnChange(
        texts=texts,
        branch=PUBLISH_BRANCH,
        title=_TITLE,
        body=_BODY,
        status="only figures that are published",
        asks_first=publisher.program.settings.renew == "by pull request",
        keeps_branch=True,
    )
    landing = land_change(publisher, change)
    if landing.is_on_default_branch:
        add_step_output("written", publisher.default_branch)
    return landing.where
