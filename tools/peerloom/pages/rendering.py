"""What the templates of pages use: the site, the page they make, links and dates."""

import posixpath
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from peerloom import markdown
from peerloom.model import Audience, Pair
from peerloom.pages import dates
from peerloom.records import Program
from peerloom.site_map import SitePage, page_path
from peerloom.templating import rendered


@dataclass(frozen=True, slots=True)
class Site:
    """What every page is made from.

    `seen` is the program as the audience may see it; `whole` is all of it, for figures that
    count people who are not shown. `pages` are all pages of the site by their paths.
    """

    seen: Program
    whole: Program
    today: date
    audience: Audience
    pages: dict[str, SitePage]


@dataclass(frozen=True, slots=True)
class Here:
    """One page while it is made: it fills its template, and makes links and dates for it."""

    site: Site
    page: SitePage

    def fill_template(self, **values: Any) -> str:
        """The page's Markdown, from the template that is called as its kind is."""
        return rendered(f"{self.page.kind.name}.md.j2", site=self.site, here=self, **values)

    def link_to(self, text: str, kind: str, record: Any = None, anchor: str = "") -> Markup:
        """A link to the page of a kind; its text alone where the audience has no such page.

        Raises `KeyError` for a kind that is not in the map of the site.
        """
        return self.link_to_path(text, page_path(kind, record), anchor)

    def link_to_path(self, text: str, path: str, anchor: str = "") -> Markup:
        """A link to the page at a path of the site; its text alone where none is there."""
        shown = markdown.escaped(text)
        if path not in self.site.pages:
            return Markup(shown)  # noqa: S704 - escaped above
        target = posixpath.relpath(path, posixpath.dirname(self.page.path) or ".") + anchor
        return Markup(f"[{shown}]({target})")  # noqa: S704 - escaped above

    def external_link(self, text: str, url: str | None) -> Markup:
        """A link to another site; its text alone where the address is not one of the web."""
        shown = markdown.escaped(text)
        target = markdown.destination(url) if url else None
        return Markup(f"[{shown}]({target})" if target else shown)  # noqa: S704 - escaped above

    def person_link(self, id_: str) -> Markup:
        """A participant's name, linked to their page; `somebody` where they are not shown."""
        person = self.site.seen.participants.get(id_)
        return self.link_to(person.name, "person", person) if person else Markup("somebody")

    def people_links(self, ids: Sequence[str]) -> Markup:
        """The names of participants, linked, with commas and an `and`."""
        names = [self.person_link(id_) for id_ in ids]
        if len(names) > 1:
            return Markup(", ").join(names[:-1]) + " and " + names[-1]
        return names[0] if names else Markup("nobody yet")

    def pair_link(self, pair: Pair) -> Markup:
        """A pair by the names of its two people, linked to its page."""
        return self.link_to(" and ".join(map(self.person_name, pair.people)), "pair", pair)

    def person_name(self, id_: str) -> str:
        """A participant's name, or the id where they are not shown."""
        person = self.site.seen.participants.get(id_)
        return person.name if person else id_

    def skill_name(self, word: str) -> str:
        """A skill's name in the program's list, from its id or an alias; else the word itself."""
        id_ = self.site.seen.skills.get(word.casefold(), word)
        return next((s.name for s in self.site.seen.settings.skills if s.id == id_), word)

    def paragraphs(self, text: str | None) -> Markup:
        """A longer text that somebody wrote, harmless and in its paragraphs."""
        return Markup(markdown.paragraphs(text or ""))  # noqa: S704 - escaped there

    def long_date(self, day: date) -> Markup:
        """A date with its weekday: `Thursday 12 February`."""
        return dates.time_element(day, dates.said(day, self.site.today))

    def date_and_distance(self, day: date) -> Markup:
        """A date with its weekday, and how far from today it is: `…, in 3 days`."""
        return self.long_date(day) + ", " + dates.away(day, self.site.today)

    def short_date(self, day: date) -> Markup:
        """A date in few letters, for tables: `12 Feb`."""
        return dates.time_element(day, dates.short(day, self.site.today))

    def full_date(self, day: date) -> Markup:
        """A date with its year: `12 February 2026`."""
        return dates.time_element(day, f"{day.day} {day:%B} {day.year}")
