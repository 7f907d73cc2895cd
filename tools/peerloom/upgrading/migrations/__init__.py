"""The migrations of records, in the order in which they are made.

Each has a module of its own, a row here, and a test in `tests/upgrading/`. None is ever taken away:
a program may come from any earlier version.
"""

from packaging.version import Version

from peerloom.upgrading.migrations import (
    align_columns_without_styles,
    give_facts_their_days,
    say_of_whom_matches_are,
)
from peerloom.upgrading.migrations.migration import Migrated, Migration

MIGRATIONS: tuple[Migration, ...] = (
    Migration(
        name="say-of-whom-matches-are",
        since="0.1.0",
        reason=(
            "A proposed match says which two people it is about, so that it is not shown for "
            "somebody whom you put into the pair by hand."
        ),
        migrate=say_of_whom_matches_are.migrate,
    ),
    Migration(
        name="align-columns-without-styles",
        since="0.1.0",
        reason=(
            "Columns of tables in your pages stay aligned: the site forbids the styles by which "
            "they were aligned before."
        ),
        migrate=align_columns_without_styles.migrate,
    ),
    Migration(
        name="give-facts-their-days",
        since="0.2.0",
        reason=(
            "Goals, pairs and others say since when they are as they are, so that pages and "
            "reports of a past day are right; Git's history told the days."
        ),
        migrate=give_facts_their_days.migrate,
    ),
)


def migrations_from(version: str) -> tuple[Migration, ...]:
    """Return the migrations for a program of a version.

    Those of the same version are among them, because a program may have been made before it was
    released.
    """
    start = Version(Version(version).base_version)
    return tuple(each for each in MIGRATIONS if Version(each.since) >= start)


__all__ = ["MIGRATIONS", "Migrated", "Migration", "migrations_from"]
