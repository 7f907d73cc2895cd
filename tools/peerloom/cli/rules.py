"""`peerloom rules`."""

import click


@click.command("rules")
def command() -> None:
    """Print the rules that records are held to, as the Markdown of the site's page."""
    from peerloom.pages.reference_rules import rules_reference

    click.echo(rules_reference(), nl=False)
