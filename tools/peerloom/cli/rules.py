"""`peerloom rules`."""

import click

from peerloom.cli.printing import show_data


@click.command("rules")
def command() -> None:
    """Print the rules that records are held to, as the Markdown of the site's page."""
    from peerloom.pages.rules_reference import describe_rules

    show_data(describe_rules(), "md")
