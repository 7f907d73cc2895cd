"""What `peerloom forget` prints: the plan, what to look at, and what it cannot reach."""

from collections.abc import Iterable, Iterator

from peerloom.forgetting.keeping import PastKeeping
from peerloom.forgetting.names import Mention
from peerloom.forgetting.plan import Forgetting
from peerloom.records import Program
from peerloom.text.dates import full_date

# The most places that are listed; the others are counted.
_MOST_PLACES = 50


def describe_plan(plan: Forgetting, program: Program) -> Iterator[str]:
    """Yield lines that say what is deleted, what stays under the tombstone, and what ends."""
    who = plan.who
    name = program.participants[who.id].name
    yield f"{name} ({who.id}) will be {who.tombstone} in what is counted; nothing else is kept"
    for pair in plan.withdrawn:
        yield f"  {program.path(pair)} is only proposed, and goes"
    for pair in plan.ended:
        yield f"  {program.path(pair)} ends on {full_date(who.today)}, with the reason 'other'"
    for answer in plan.early:
        path, due = program.path(answer), full_date(answer.due)
        yield f"  {path} goes: it came early, for {due}, when its pair is over"
    yield from (f"  deleted: {path}" for path in plan.deleted)
    yield from (f"  written: {path}" for path in sorted(plan.changes))


def describe_mentions(plan: Forgetting) -> Iterator[str]:
    """Yield lines about words of others that a person must look at."""
    sure = [mention for mention in plan.mentions if not mention.is_shared]
    unsure = [mention for mention in plan.mentions if mention.is_shared]
    if sure:
        yield "in what others wrote, this still names them; in records, '--words' replaces it:"
        yield from _list_places(sure)
    if unsure:
        yield "these may mean them, or somebody or something else; look and decide:"
        yield from _list_places(unsure)
    if plan.by_the_other:
        yield "the other of a pair wrote freely here, perhaps about them; read it:"
        yield from (f"  {path}" for path in plan.by_the_other)


def _list_places(mentions: list[Mention]) -> Iterator[str]:
    yield from (f"  {m.path}:{m.line} {m.word}" for m in mentions[:_MOST_PLACES])
    if len(mentions) > _MOST_PLACES:
        yield f"  and {len(mentions) - _MOST_PLACES:,} more"


def describe_past_keeping(past: Iterable[PastKeeping], months: int) -> Iterator[str]:
    """Yield a line for each person whose time to be kept is over."""
    people = tuple(past)
    if not people:
        yield f"nobody is kept for longer than the {months} months of 'keeps_months'"
    for each in people:
        day = full_date(each.last_day)
        until = f"until {day}" if each.took_part else f"in nothing, as was clear by {day}"
        past_since = full_date(each.past_since)
        yield f"{each.person.id}: took part {until}, to be forgotten since {past_since}"


def list_out_of_reach(repository: str, first_commits: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return what rewriting Git's history cannot reach, each with the steps to take.

    `first_commits` are the ids of the first commits that were rewritten.
    """
    address = f"https://github.com/{repository}"
    return (
        (
            "the history on GitHub",
            "push the rewritten one as shown above; until then, nothing has changed there",
        ),
        (
            "commits that GitHub keeps for pull requests (refs/pull), and in its caches",
            (
                "they stay readable by their ids: ask https://support.github.com to remove them "
                f"('sensitive data'), and name the first of them: {', '.join(first_commits)}"
            ),
        ),
        (
            "issues, and comments on issues and pull requests",
            (
                f"search {address}/issues?q=is%3Aall for the name and the login; delete the issue, "
                "or edit the comment and then delete its earlier versions under 'edited'"
            ),
        ),
        (
            "logs and artifacts of workflows",
            (
                f"delete the runs in {address}/actions that have them, or wait: GitHub deletes "
                "them after the days set under Settings, Actions"
            ),
        ),
        (
            "forks",
            (
                f"look at {address}/forks, and ask each owner to delete theirs; GitHub's support "
                "can help where nobody answers"
            ),
        ),
        (
            "the published site",
            (
                "it is built anew after the push; ask search engines and web archives to drop the "
                "old pages"
            ),
        ),
        (
            "copies on computers of coordinators, and Codespaces",
            "have each deleted and cloned anew: a push from an old copy brings everything back",
        ),
        (
            "the repository of coordinators, sign-up sheets, forms elsewhere, mails",
            "delete what is about the person there",
        ),
    )


def describe_out_of_reach(repository: str, first_commits: Iterable[str]) -> Iterator[str]:
    """Yield lines with what is out of reach, and the steps."""
    yield "what this cannot reach, and what to do:"
    for what, steps in list_out_of_reach(repository, first_commits):
        yield f"  {what}:"
        yield f"    {steps}"
