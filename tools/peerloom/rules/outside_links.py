"""Links to other sites, in written pages and in the addresses that records hold."""

from collections.abc import Iterator
from datetime import date

from peerloom.diagnostic import quoted
from peerloom.model import Record
from peerloom.records import Program
from peerloom.rules.rule import Finding
from peerloom.rules.written_pages import find_placed_removals, list_written_texts
from peerloom.source import line_and_column
from peerloom.web_addresses import find_host


def links_to_other_sites_show_their_host(program: Program, _: date) -> Iterator[Finding]:
    """A link to another site begins with https:// and a plain host; else it is shown as text."""
    for record, _path in list_written_texts(program):
        for removal, offset in find_placed_removals(record.text):
            if removal.is_link_to_other_site:
                where = line_and_column(record.text, offset)
                message, help_ = _explain_link(removal.value)
                yield Finding(where=record, text_at=where, message=message, help=help_)
    for linked, key, address in _list_addresses(program):
        if address and find_host(address) is None:
            message, help_ = _explain_link(address)
            yield Finding(where=linked, keys=(key,), message=message, help=help_)


def _list_addresses(program: Program) -> Iterator[tuple[Record, str, str | None]]:
    """Yield every record that may have an address of another site, its key, and the address."""
    yield program.settings, "contact", program.settings.contact
    for resource in program.resources.values():
        yield resource, "url", resource.url
    for event in program.events.values():
        yield event, "url", event.url
    for person in program.participants.values():
        yield person, "booking_url", person.booking_url


def _explain_link(address: str) -> tuple[str, str]:
    """Return the message and the help for an address to which no link is made."""
    return (
        f"the link to {quoted(address)} must begin with 'https://' and a plain host",
        "correct the address, such as https://example.org/page; until then it is no link",
    )
