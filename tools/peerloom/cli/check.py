"""`peerloom check`."""

from datetime import date
from pathlib import Path

import click

from peerloom.cli.options import Word, absolute, program_folder, today_option
from peerloom.cli.printing import show, show_commands, show_data
from peerloom.diagnostic import Diagnostic, as_github, as_json, as_text, counts
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
    help="Whose site links must lead somewhere on.  [default: who can read the repository]",
)
@today_option
@program_folder
def command(
    root: Path, paths: tuple[Path, ...], form: str, audience: Audience | None, today: date
) -> None:
    """Find every problem in the program, or in what lies at PATHs.

    Records are always checked against the whole program; PATHs only choose what is printed.
    """
    from peerloom import issue_forms
    from peerloom.audience import readable_here
    from peerloom.program import check, load

    wanted = [_in_program(root, path) for path in paths]
    checked = check(root, today, audience)
    forms = (
        issue_forms.find_outdated_forms(root, load(root).program)
        if issue_forms.has_forms(root)
        else ()
    )
    everything = sorted([*checked.diagnostics, *forms])
    found = [d for d in everything if not paths or _is_at(d.path, wanted)]
    if any(d.audience != "public" for d in found):
        found = readable_here(found, load(root).program, is_log=form == "github")
    if form == "json":
        show_data(as_json(found, checked.files), "json")
    elif form == "github":
        show_commands(as_github(found))
    else:
        show(f"{as_text(found)}{_summary(found, checked.files)}\n")
    errors, _ = counts(found)
    raise click.exceptions.Exit(1 if errors else 0)


def _in_program(root: Path, path: Path) -> str:
    """A path as diagnostics write it. Given from here or from the program's folder."""
    for base in (None, root):
        at = absolute(path, base)
        if at.exists() and at.is_relative_to(root):
            return at.relative_to(root).as_posix()
    raise click.BadParameter(f"'{path}' must be a file or folder of the program")


def _is_at(path: str, wanted: list[str]) -> bool:
    return any(at in (".", path) or path.startswith(f"{at}/") for at in wanted)


def _summary(found: list[Diagnostic], files: int) -> str:
    errors, warnings = counts(found)
    if not found:
        return f"{count_noun(files, 'file')} checked, nothing to mend"
    return (
        f"{count_noun(files, 'file')} checked: {count_noun(errors, 'error')}, "
        f"{count_noun(warnings, 'warning')}"
    )
