"""Writes into check-ins the day on which they came in, after they were merged.

Nothing is written twice: a run that finds every check-in dated changes nothing, and one that dies
leaves the default branch as it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from peerloom.arrival_days import CheckInArrival, day_in_zone
from peerloom.changes import Changes
from peerloom.github.actions import add_step_output, start_workflows
from peerloom.github.errors import GitHubError
from peerloom.github.land_changes import OwnChange, land_change
from peerloom.github.publisher import Publisher
from peerloom.github.received_days import find_noted_day
from peerloom.github_names import RECEIVED_BRANCH, SITE_WORKFLOW
from peerloom.model import ReceivedBy
from peerloom.review import note_received
from peerloom.yaml_editing import CannotEdit, KeyPath, set_values

# How many commits GitHub is asked about in a run, the newest first; a day is never noted for
# an older one.
_MOST_COMMITS = 200
_TITLE = "Note when check-ins came in"
_BODY = (
    "This records when each check-in came in, and on whose word. The day decides whether an answer "
    "was on time; nothing else is changed."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedCheckIns:
    """How many check-ins were dated, for how many no day is known, and where that was written.

    `problem` is what kept GitHub from being asked about all of them; the next run goes on.
    """

    dated: int
    unknown: int
    where: str = ""
    problem: str = ""


@dataclass(slots=True)
class _FoundDays:
    """The day of each check-in by its path, and on whose word it is."""

    by_path: dict[str, tuple[date, ReceivedBy]] = field(default_factory=dict)
    problem: str = ""


def date_check_ins(publisher: Publisher, arrivals: Mapping[str, CheckInArrival]) -> DatedCheckIns:
    """Write the day into each check-in that does not say when it came in. Raises `GitHubError`."""
    program = publisher.program
    undated = [check_in for check_in in program.check_ins if check_in.received_on is None]
    paths = [path for check_in in undated if (path := program.path(check_in)) in arrivals]
    days = _find_days(publisher, {path: arrivals[path] for path in paths})
    texts = {
        path: _edit_record(publisher, path, *found)
        for path, found in sorted(days.by_path.items())
        if found[0] <= publisher.today  # nothing came in on a day that is still to come
    }
    changes = {path: text for path, text in texts.items() if text is not None}
    unknown = len(undated) - len(changes)
    result = DatedCheckIns(dated=len(changes), unknown=unknown, problem=days.problem)
    return replace(result, where=_publish(publisher, changes)) if changes else result


def _find_days(publisher: Publisher, undated: Mapping[str, CheckInArrival]) -> _FoundDays:
    """When each check-in came in, by GitHub's word where it has one, else by Git's."""
    zone = publisher.program.settings.time_zone
    paths_by_arrival: dict[CheckInArrival, list[str]] = {}
    for path, arrival in sorted(undated.items()):
        paths_by_arrival.setdefault(arrival, []).append(path)
    days = _FoundDays()
    newest = sorted(paths_by_arrival, key=lambda each: (each.seconds, each.commit), reverse=True)
    for index, arrival in enumerate(newest):
        day: date | None = None
        if index < _MOST_COMMITS:
            try:
                day = _find_day_of_merge(publisher, arrival.commit, zone)
            except GitHubError as error:
                days.problem = f"{error}{error.next_step}"
                break
        git_day = day_in_zone(zone, arrival.seconds) if arrival.is_reliable else None
        for path in paths_by_arrival[arrival]:
            if day is not None:
                days.by_path[path] = (day, "github")
            elif git_day is not None:
                days.by_path[path] = (git_day, "git")
    return days


def _find_day_of_merge(publisher: Publisher, commit: str, zone: str) -> date | None:
    """The day noted for the head of the pull request that brought a commit."""
    pull_requests = publisher.client.get(f"{publisher.api_path}/commits/{commit}/pulls")
    heads = [
        value["head"]["sha"]
        for value in pull_requests
        if value["merged_at"] and value["base"]["ref"] == publisher.default_branch
    ]
    client, repository, account = publisher.client, publisher.repository, publisher.account
    noted = [find_noted_day(client, repository, head, account, zone) for head in heads]
    return max((day for day in noted if day is not None), default=None)


def _edit_record(publisher: Publisher, path: str, day: date, by: ReceivedBy) -> str | None:
    """A record with the day and nothing else changed, or `None` where it cannot be edited."""
    text = publisher.unchanged.before.files[path].decode("utf-8")
    values: dict[KeyPath, str] = {("received_on",): day.isoformat(), ("received_by",): by}
    try:
        return set_values(text, values)
    except CannotEdit:
        return None


def _publish(publisher: Publisher, changes: Changes) -> str:
    """Put the records on the default branch, or into a pull request where it is protected."""
    landing = land_change(
        publisher,
        OwnChange(
            texts=changes,
            branch=RECEIVED_BRANCH,
            title=_TITLE,
            body=_BODY,
            status=f"only when check-ins came in; {note_received(publisher.today)}",
        ),
    )
    branch = publisher.default_branch
    if landing.is_on_default_branch and not add_step_output("written", branch):
        start_workflows(publisher.client, publisher.api_path, branch, (SITE_WORKFLOW,))
    return landing.where
