"""`peerloom rules`."""

import click

from peerloom.cli.printing import show_data


@click.command("rules")
def command() -> None:
    """Print the rules that records are held to, as the Markdown of the site's page."""
    from peerloom.pages.reference_rules import rules_reference

    show_data(rules_reference(), "md")
