"""Publishes what is made from the program when it has changed."""

from peerloom.github.land_changes import OwnChange, land_change
from peerloom.github.publisher import Publisher
from peerloom.github_names import RENEW_BRANCH
from peerloom.made_files import Renewal

_TITLE = "Renew what is made from the program"
_BODY = (
    "These files are made from the settings and the cohorts of the program, and were out of date. "
    "Nothing that a person wrote or changed is among them."
)


def publish_renewal(publisher: Publisher, renewal: Renewal) -> str:
    """Publish new texts as the program chooses, and say where they are. Raises `GitHubError`."""
    change = OwnChange(
        texts=renewal.changes,
        branch=RENEW_BRANCH,
        title=_TITLE,
        body=_BODY,
        status="only what is made from the program",
        asks_first=publisher.program.settings.renew == "by pull request",
        keeps_branch=True,
    )
    return land_change(publisher, change).where
