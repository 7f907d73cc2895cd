"""What the templates of pages know: the site, the page they make, links and dates."""

import posixpath
from dataclasses import dataclass
from datetime import date
from typing import Any

from markupsafe import Markup

from peerloom import markdown
from peerloom.model import Audience
from peerloom.pages import dates
from peerloom.records import Program
from peerloom.templating import rendered


@dataclass(frozen=True, slots=True)
class Site:
    """What every page is made from: what the audience may see, and everything for figures.

    `only` names the few pages that are wanted, where not all are.
    """

    seen: Program
    whole: Program
    today: date
    audience: Audience
    paths: frozenset[str]
    only: frozenset[str] | None = None

    def makes(self, path: str) -> bool:
        """Whether the page at a path is wanted."""
        return self.only is None or path in self.only


def page(site: Site, path: str, template: str, **values: Any) -> str:
    """A template filled in as the page at `path`."""
    here = Here(site, path)
    return rendered(template, site=site, here=here, **values)


@dataclass(frozen=True, slots=True)
class Here:
    """What depends on which page it is on: links, and dates seen from today."""

    site: Site
    path: str

    def link(self, text: str, target: str) -> Markup:
        """A link to a page of the site, or its text alone where there is no such page."""
        shown = markdown.escaped(text)
        if target.partition("#")[0] not in self.site.paths:
            return Markup(shown)  # noqa: S704 - escaped above
        return Markup(f"[{shown}]({self.to(target)})")  # noqa: S704

    def to(self, target: str) -> str:
        """The way from this page to another."""
        return posixpath.relpath(target, posixpath.dirname(self.path) or ".")

    def away(self, text: str, url: str | None) -> Markup:
        """A link to somewhere else on the web."""
        shown = markdown.escaped(text)
        target = markdown.destination(url) if url else None
        return Markup(f"[{shown}]({target})" if target else shown)  # noqa: S704

    def person(self, id_: str) -> Markup:
        """A participant's name, linked to their page."""
        person = self.site.seen.participants.get(id_)
        return self.link(person.name if person else "somebody", f"people/{id_}.md")

    def people(self, ids: tuple[str, ...]) -> Markup:
        """Names, linked, with commas and an `and`."""
        names = [self.person(id_) for id_ in ids]
        if len(names) > 1:
            return Markup(", ").join(names[:-1]) + " and " + names[-1]
        return names[0] if names else Markup("nobody yet")

    def pair(self, pair: Any) -> Markup:
        """A pair by the names of its two, linked to its page."""
        names = [p.name if (p := self.site.seen.participants.get(i)) else i for i in pair.people]
        return self.link(" and ".join(names), f"pairs/{pair.cohort}/{pair.id}.md")

    def skill(self, word: str) -> str:
        """A skill's name, from its id or an alias."""
        id_ = self.site.seen.skills.get(word.casefold(), word)
        return next((s.name for s in self.site.seen.settings.skills if s.id == id_), word)

    def prose(self, text: str | None) -> Markup:
        """A longer text that somebody wrote."""
        return Markup(markdown.paragraphs(text or ""))  # noqa: S704 - escaped there

    def day(self, day: date) -> Markup:
        """A date as it is said."""
        return dates.time_element(day, dates.said(day, self.site.today))

    def day_away(self, day: date) -> Markup:
        """A date as it is said, and how far away it is."""
        return self.day(day) + ", " + dates.away(day, self.site.today)

    def short(self, day: date) -> Markup:
        """A date in few letters."""
        return dates.time_element(day, dates.short(day, self.site.today))

    def year(self, day: date) -> Markup:
        """A date with its year."""
        return dates.time_element(day, f"{day.day} {day:%B} {day.year}")
