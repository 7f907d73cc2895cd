"""`peerloom build`."""

from datetime import date
from pathlib import Path

import click

from peerloom.cli.options import Word, audience_option, today_option
from peerloom.cli.printing import refuse, say, show_warnings_of_libraries
from peerloom.model import Audience


@click.command("build")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("site"),
    show_default=True,
    metavar="DIR",
    help="Where the site goes; the one built there before is replaced.",
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
@click.pass_obj
def command(root: Path, out: Path, engine: str, audience: Audience, today: date) -> None:
    """Build the site for an audience; nothing above the audience is in it."""
    from peerloom.site import CannotBuild, build

    show_warnings_of_libraries()
    target = out if out.is_absolute() else root / out
    try:
        built = build(
            root, target, today, audience, "zensical" if engine == "zensical" else "mkdocs"
        )
    except CannotBuild as error:
        refuse(str(error))
    say(f"built {built.pages} pages for {_WHO[audience]} in {built.out}")
    say(f"look at them: open {built.out / 'index.html'}, or run peerloom serve")


_WHO = {"public": "everybody", "members": "members", "coordinators": "coordinators"}
