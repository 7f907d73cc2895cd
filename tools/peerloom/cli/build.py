"""`peerloom build`."""

from datetime import date
from pathlib import Path

import click

from peerloom.cli.options import (
    Word,
    audience_option,
    load_dated_program,
    path_from_here,
    resolve_path,
    today_option,
    with_program_folder,
)
from peerloom.cli.printing import refuse, say, show_warnings_of_libraries
from peerloom.model import Audience, PublishedAudience


@click.command("build")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("site"),
    show_default=True,
    metavar="DIR",
    help="The site's folder, relative to the program's folder; a site in it is replaced.",
)
@click.option(
    "--force",
    "is_forced",
    is_flag=True,
    help="Replace the old site even if it had twice as many pages.",
)
@click.option(
    "--engine",
    type=Word(["mkdocs", "zensical"]),
    default="mkdocs",
    show_default=True,
    help="What turns pages into a site.",
)
@audience_option
@today_option
@with_program_folder
def command(
    root: Path, out: Path, is_forced: bool, engine: str, audience: Audience, today: date
) -> None:
    """Build the site for an audience; it has nothing that this audience may not see."""
    from peerloom.site import CannotBuild, Engine, build_site

    chosen: Engine = "zensical" if engine == "zensical" else "mkdocs"
    show_warnings_of_libraries()
    try:
        built = build_site(
            root, resolve_path(out, root), today, audience, chosen, is_forced=is_forced
        )
    except CannotBuild as error:
        refuse(str(error))
    say(f"built {built.pages} pages for {_WHO[audience]} in {path_from_here(built.out)}")
    if audience != "coordinators":
        _say_what_is_unpublished(root, audience, today)
    say(f"look at them: open {path_from_here(built.out / 'index.html')}, or run peerloom serve")


def _say_what_is_unpublished(root: Path, audience: PublishedAudience, today: date) -> None:
    from peerloom.publishing import has_unpublished_dates

    if has_unpublished_dates(load_dated_program(root, today), audience, today):
        say("peerloom: figures of a closed check-in date are not in the site", err=True)
        say("  help: run peerloom publish, and build the site again", err=True)


_WHO = {"public": "everybody", "members": "members", "coordinators": "coordinators"}
