"""What a migration is: a named change of records from an older form to the one of a version."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from peerloom.records import FactDay


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated:
    """What a migration does: the new text of each file, or None where it is deleted.

    `left` says of each file that could not be migrated what somebody has to do there.
    """

    changes: Mapping[str, str | None] = field(default_factory=dict)
    left: Mapping[str, str] = field(default_factory=dict)


# By path and name of a fact that a record does not date, the day that Git's history tells.
FactDays = Mapping[tuple[str, str], FactDay]
# Takes the texts of all records and of `mkdocs.yml` by path, and the days that Git tells. Never
# raises for what they hold.
Migrate = Callable[[Mapping[str, str], FactDays], Migrated]


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One migration: `since` is the version that first writes the new form by itself.

    `reason` says in a sentence what is different and why, for those who run programs. A program
    that is migrated already stays as it is.
    """

    name: str
    since: str
    reason: str
    migrate: Migrate
