"""`peerloom check`."""

from datetime import date
from pathlib import Path

import click

from peerloom.cli.options import Word, resolve_path, today_option, with_program_folder
from peerloom.cli.printing import show, show_commands, show_data
from peerloom.diagnostic import (
    Diagnostic,
    count_by_severity,
    diagnostics_as_github,
    diagnostics_as_json,
    diagnostics_as_text,
)
from peerloom.model import Audience
from peerloom.text.phrases import count_noun


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=Word(["text", "github", "json"]),
    default="text",
    show_default=True,
    help="For people, for annotations on GitHub, or for programs.",
)
@click.option(
    "--audience",
    type=Word(["public", "members", "coordinators"]),
    help="Check links for the site of these readers.  [default: those of the repository]",
)
@today_option
@with_program_folder
def command(
    root: Path, paths: tuple[Path, ...], form: str, audience: Audience | None, today: date
) -> None:
    """Find every problem in the program, or in the files and folders PATHS.

    Records are always checked against the whole program; PATHS only select what is printed.
    """
    from peerloom.audience import redact_for_output, repository_readers
    from peerloom.git import list_committed_sheets
    from peerloom.made_files import find_stale_files, text_reader
    from peerloom.program import check, load
    from peerloom.site_checking import find_site_problems
    from peerloom.toolbox_problems import find_toolbox_problems

    wanted = [_path_in_program(root, path) for path in paths]
    checked = check(root, today, audience, list_committed_sheets(root))
    program = load(root).program
    stale = find_stale_files(program, text_reader(root))
    site = find_site_problems(root, program, today, audience or repository_readers(program))
    everything = sorted([*checked.diagnostics, *stale, *site, *find_toolbox_problems(root)])
    found = [d for d in everything if not paths or _is_inside(d.path, wanted)]
    if any(d.audience != "public" for d in found):
        found = redact_for_output(found, program, is_log=form == "github")
    if form == "json":
        show_data(diagnostics_as_json(found, checked.files), "json")
    elif form == "github":
        show_commands(diagnostics_as_github(found))
    else:
        show(f"{diagnostics_as_text(found)}{_summarize(found, checked.files)}\n")
    errors, _ = count_by_severity(found)
    raise click.exceptions.Exit(1 if errors else 0)


def _path_in_program(root: Path, path: Path) -> str:
    """Return a path as diagnostics have it; given relative to here or to the program's folder."""
    for base in (None, root):
        absolute = resolve_path(path, base)
        if absolute.exists() and absolute.is_relative_to(root):
            return absolute.relative_to(root).as_posix()
    raise click.BadParameter(f"'{path}' must be a file or folder of the program")


def _is_inside(path: str, wanted: list[str]) -> bool:
    return any(part in (".", path) or path.startswith(f"{part}/") for part in wanted)


def _summarize(found: list[Diagnostic], files: int) -> str:
    errors, warnings = count_by_severity(found)
    if not found:
        return f"{count_noun(files, 'file')} checked, nothing to fix"
    return (
        f"{count_noun(files, 'file')} checked: {count_noun(errors, 'error')}, "
        f"{count_noun(warnings, 'warning')}"
    )
