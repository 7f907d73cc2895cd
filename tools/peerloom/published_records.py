"""Records of published figures: what is in their files, and how a change by hand is noticed."""

from typing import Any

from peerloom.model import PublishedFigures
from peerloom.records import short_digest


def compute_digest(record: PublishedFigures) -> str:
    """The digest that a record has while it is as it was published."""
    told = describe_record(record)
    return short_digest({key: value for key, value in told.items() if key != "digest"})


def describe_record(record: PublishedFigures) -> dict[str, Any]:
    """The keys and values of a record's file."""
    told: dict[str, Any] = {
        "cohort": record.cohort,
        "due": record.due.isoformat(),
        "audience": record.audience,
        "closed_on": record.closed_on.isoformat(),
        "digest": record.digest,
        "is_final": record.is_final,
        "withheld": list(record.withheld),
        "later": list(record.later),
        "figures": record.figures,
    }
    return told
