"""An upgrade's plan in words: lists that read alike in a terminal and in a pull request."""

from collections.abc import Callable, Iterator

from peerloom.toolbox.written_files import BESIDE
from peerloom.upgrading.plan import UpgradePlan
from peerloom.upgrading.releases import news_since
from peerloom.upgrading.renewal import Manner, Renewal

# How a path is written where the plan is read: plain in a terminal, as code in a pull request.
ShowPath = Callable[[str], str]

# What is done with a file, in the order in which it is told.
_DONE: dict[Manner, str] = {
    "add": "New files",
    "renew": "Renewed, as nobody has changed them",
    "merge": "Renewed, with your changes kept in them",
    "delete": "Deleted, as Peerloom needs them no more",
}
_LEFT: dict[Manner, str] = {
    "beside": (
        "{path}: you and this version changed the same lines, so yours stays. The new text is in "
        "{beside}: take over what you want, then delete that file."
    ),
    "keep": (
        "{path}: Peerloom needs it no more, but you have changed it, so it stays. Delete it if you "
        "do not need it."
    ),
    "own": (
        "{path}: you wrote or changed this file, so it stays. 'peerloom renew --replace' makes it "
        "from the program again."
    ),
    "missing": (
        "{path}: it was deleted in this program, and stays deleted. 'peerloom upgrade --restore' "
        "writes it again."
    ),
    "moved": (
        "{path}: it seems to be {moved_to} now, which stays as it is. To have it renewed, move it "
        "back and run 'peerloom upgrade' again."
    ),
}


def render_plan(plan: UpgradePlan, show_path: ShowPath) -> str:
    """Return what an upgrade does and why, what is new, and what is left for somebody to do."""
    if not plan.changes:
        first = f"This program is of {plan.installed} already, and nothing is to be done"
        return "\n\n".join([first, *_render_left(plan, show_path)]) + "\n"
    sections = [
        f"Peerloom {plan.installed}, for a program of {plan.start}",
        *_render_news(plan),
        *_render_migrations(plan, show_path),
        *_render_done(plan, show_path),
        *_render_left(plan, show_path),
        *_render_errors(plan, show_path),
    ]
    return "\n\n".join(sections) + "\n"


def _render_news(plan: UpgradePlan) -> Iterator[str]:
    for release in news_since(plan.start, plan.installed):
        if release.news:
            yield _render_list(f"What is new in {release.version}", release.news)


def _render_migrations(plan: UpgradePlan, show_path: ShowPath) -> Iterator[str]:
    for step in plan.steps:
        if step.migrated.changes:
            paths = sorted(map(show_path, step.migrated.changes))
            yield _render_list(step.migration.reason.removesuffix("."), paths)


def _render_done(plan: UpgradePlan, show_path: ShowPath) -> Iterator[str]:
    for manner, heading in _DONE.items():
        paths = [show_path(each.path) for each in plan.renewals if each.manner == manner]
        if paths:
            yield _render_list(heading, paths)


def _render_left(plan: UpgradePlan, show_path: ShowPath) -> Iterator[str]:
    left = [
        *(f"{show_path(path)}: {what}." for path, what in _list_left_records(plan)),
        *(_describe_left(each, show_path) for each in plan.renewals if each.manner in _LEFT),
        *(
            f"{show_path(path)}: a workflow's token may not change a workflow, so it stays."
            for path in plan.left_out
        ),
    ]
    if left:
        yield _render_list("What this does not do", left)


def _list_left_records(plan: UpgradePlan) -> Iterator[tuple[str, str]]:
    for step in plan.steps:
        yield from sorted(step.migrated.left.items())


def _describe_left(renewal: Renewal, show_path: ShowPath) -> str:
    return _LEFT[renewal.manner].format(
        path=show_path(renewal.path),
        beside=show_path(f"{BESIDE}/{renewal.path}"),
        moved_to=show_path(renewal.moved_to or ""),
    )


def _render_errors(plan: UpgradePlan, show_path: ShowPath) -> Iterator[str]:
    if plan.new_errors:
        errors = [f"{show_path(each.path)}: {each.message}" for each in plan.new_errors]
        yield _render_list("What 'peerloom check' will find wrong afterwards", errors)


def _render_list(heading: str, lines: list[str] | tuple[str, ...]) -> str:
    return "\n".join([f"{heading}:", "", *(f"- {line}" for line in lines)])
