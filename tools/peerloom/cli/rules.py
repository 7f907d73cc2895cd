"""`peerloom rules`."""

import click

from peerloom.cli.printing import show_data


@click.command("rules")
def command() -> None:
    """Print the rules for records, in the Markdown of the site's page about them."""
    from peerloom.pages.rules_reference import describe_rules

    show_data(describe_rules(), "md")
