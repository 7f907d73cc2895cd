"""`peerloom serve`."""

from datetime import date
from pathlib import Path

import click

from peerloom.cli.options import (
    audience_option,
    today_option,
    with_program_folder,
)
from peerloom.cli.printing import refuse, show, show_warnings_of_libraries
from peerloom.model import Audience


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to serve at.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="Its port."
)
@audience_option
@today_option
@with_program_folder
def command(root: Path, host: str, port: int, audience: Audience, today: date) -> None:
    """Serve the site while you edit: a saved record appears on its page within a second."""
    from peerloom.site import CannotBuild, serve_site

    show_warnings_of_libraries()
    try:
        serve_site(root, today, audience, host, port, lambda text: show(f"{text}\n", err=True))
    except CannotBuild as error:
        refuse(str(error))
