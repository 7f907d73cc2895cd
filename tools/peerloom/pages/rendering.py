"""What the templates of pages use: the site, the page they make, links and dates."""

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from peerloom import schema
from peerloom.audience import count_hidden, includes
from peerloom.model import Audience, Pair
from peerloom.records import Program
from peerloom.site_map import SitePage, page_path
from peerloom.templating import rendered
from peerloom.text.dates import full_date, long_date, relative_day, short_date
from peerloom.text.escaping.markdown import (
    Markdown,
    escape_markdown,
    escape_paragraphs,
    link_destination,
)
from peerloom.text.names import people_names, person_name, person_name_if_shown
from peerloom.text.numbers import whole_number
from peerloom.text.phrases import join_words
from peerloom.text.translation import gettext as _
from peerloom.text.translation import ngettext


@dataclass(frozen=True, slots=True)
class Site:
    """The data that every page is made from.

    `seen` is the program as the audience may see it; `whole` is all of it, for figures that
    count people who are not shown. `pages` are all pages of the site by their paths.
    """

    seen: Program
    whole: Program
    today: date
    audience: Audience
    pages: dict[str, SitePage]

    def shows_field(self, kind: str, *field: str) -> bool:
        """Whether the audience may see a field of a kind of record, in any record of the kind."""
        return includes(self.audience, schema.audience_of_field(kind, field))


@dataclass(frozen=True, slots=True)
class Here:
    """One page while it is made: it fills its template, and makes links and dates for it."""

    site: Site
    page: SitePage

    def fill_template(self, **values: Any) -> str:
        """The page's Markdown, from the template named after its kind."""
        return rendered(f"{self.page.kind.name}.md.j2", site=self.site, here=self, **values)

    def link_to(self, text: str, kind: str, record: Any = None, anchor: str = "") -> Markup:
        """A link to the page of a kind; its text alone where the audience has no such page.

        Raises `KeyError` for a kind that is not in the map of the site.
        """
        return self.link_to_path(text, page_path(kind, record), anchor)

    def link_to_path(self, text: str, path: str, anchor: str = "") -> Markup:
        """A link to the page at a path of the site; its text alone if there is no such page."""
        shown = escape_markdown(text)
        if path not in self.site.pages:
            return Markup(shown)  # noqa: S704 - escaped above
        target = posixpath.relpath(path, posixpath.dirname(self.page.path) or ".") + anchor
        return Markup(f"[{shown}]({target})")  # noqa: S704 - escaped above

    def external_link(self, text: str, url: str | None) -> Markup:
        """A link to another site; its text alone if the address is not a web address."""
        shown = escape_markdown(text)
        target = link_destination(url) if url else None
        return Markup(f"[{shown}]({target})" if target else shown)  # noqa: S704 - escaped above

    def person_link(self, id_: str) -> Markup:
        """A participant's name, linked to their page; `somebody` where they are not shown."""
        person = self.site.seen.participants.get(id_)
        return self.link_to(person.name, "person", person) if person else Markup(_("somebody"))  # noqa: S704 - ours

    def people_links(self, ids: Sequence[str], everybody: Sequence[str] = ()) -> Markup:
        """The names of participants, linked, with commas and an `and`.

        Those of `everybody` who are not among them are counted if they are not few:
        `Ada, Bola and 5 more`.
        """
        links = [self.person_link(id_) for id_ in ids]
        unnamed_ids = {*everybody} - {*ids}
        hidden = count_hidden(self.site.whole, unnamed_ids, self.site.audience)
        if unnamed_ids and not links and not hidden:
            return Markup(_("people who are not shown"))  # noqa: S704 - ours
        if hidden and not links:
            unnamed = ngettext(
                "{number} person who is not shown", "{number} people who are not shown", hidden
            )
            return Markdown(unnamed).format(number=whole_number(hidden))
        if hidden:
            links.append(Markdown(_("{number} more")).format(number=whole_number(hidden)))
        return Markup(join_words(links) or _("nobody yet"))  # noqa: S704 - each name is escaped

    def pair_link(self, pair: Pair) -> Markup:
        """A pair by the names of its two people, linked to its page."""
        return self.link_to(self.pair_names(pair), "pair", pair)

    def person_name(self, id_: str) -> str:
        """A participant's name; `somebody` where they are not shown, which is never an id."""
        people = self.site.seen.participants
        if self.site.audience == "coordinators":  # who is not there has a record that is broken
            return person_name(people, id_)
        return person_name_if_shown(people, id_)

    def pair_names(self, pair: Pair) -> str:
        """The names of the two of a pair: `Ada and Grace`."""
        return people_names(self.site.seen.participants, pair.people)

    def skill_name(self, word: str) -> str:
        """A skill's name in the program's list, from its id or an alias; else the word itself."""
        id_ = self.site.seen.skills.get(word.casefold(), word)
        return next((s.name for s in self.site.seen.settings.skills if s.id == id_), word)

    def paragraphs(self, text: str | None) -> Markup:
        """A longer text that somebody wrote, harmless and in its paragraphs."""
        return Markup(escape_paragraphs(text or ""))  # noqa: S704 - escaped there

    def long_date(self, day: date) -> Markup:
        """A date with its weekday: `Thursday 12 February`."""
        return _mark_date(day, long_date(day, self.site.today))

    def date_and_distance(self, day: date) -> Markup:
        """A date with its weekday, and how far from today it is: `…, in 3 days`."""
        distance = relative_day(day, self.site.today)
        return Markdown(_("{date}, {distance}")).format(date=self.long_date(day), distance=distance)

    def short_date(self, day: date) -> Markup:
        """A date in few letters, for tables: `12 Feb`."""
        return _mark_date(day, short_date(day, self.site.today))

    def full_date(self, day: date) -> Markup:
        """A date with its year: `12 February 2026`."""
        return _mark_date(day, full_date(day))


def _mark_date(day: date, text: str) -> Markup:
    """A date on a page: its wording, and the exact day on hover."""
    return Markup('<time datetime="{0}" title="{0}">{1}</time>').format(day.isoformat(), text)
