"""The kinds of record: one row for each, with everything that the code must know about a kind.

The reader of the folder, the loader, the schemas, the audiences, the rules, `peerloom new` and
`init`, and the list of files that commands may write look everything up here. A new kind is a
schema, a class in `model.py`, a row here, and the collection of `Program` that the row names.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from peerloom.model import (
    CheckIn,
    Circle,
    Cohort,
    Event,
    FollowUp,
    Page,
    Pair,
    Participant,
    PublishedFigures,
    Record,
    Resource,
    Response,
    SavedReading,
    Settings,
    Survey,
    TrainingModule,
)

_PLACEHOLDER = re.compile("<[^<>]+>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of record.

    `phrase` names a record of the kind in a sentence. `path` is the path of its files, with a
    placeholder for each of `keys`, in the same order; the keys together identify a record.
    `collection` is the field of `Program` with the records: a mapping by their keys or, if
    `is_listed`, a tuple in the order of their keys. A kind without keys has one record.
    """

    name: str
    phrase: str
    record_class: type[Record]
    path: str
    keys: tuple[str, ...] = ()
    collection: str
    is_listed: bool = False
    # Its key is the path below the kind's folder, with folders and file extension, because that is
    # how links in Markdown name a page.
    is_known_by_path: bool = False
    # Commands write it, out of other records, and people never do.
    is_computed: bool = False

    @property
    def folder(self) -> str:
        """The folder that holds all records of the kind, such as `content/pairs`."""
        return self.path.partition("<")[0].rpartition("/")[0]

    @property
    def is_markdown(self) -> bool:
        """Whether a record is Markdown with front matter instead of YAML.

        Its front matter does not repeat the keys that are in its path.
        """
        return self.path.endswith(".md")

    @property
    def literals(self) -> tuple[str, ...]:
        """The parts of `path` around its placeholders: one more than there are keys."""
        first, *rest = _PLACEHOLDER.split(self.path)
        return (first, "") if self.is_known_by_path else (first, *rest)

    def path_pattern(self, name: str, names: str) -> str:
        """Return a regular expression for the kind's paths.

        `name` is an expression for the name of one file or folder, `names` for a path of several.
        """
        if self.is_known_by_path:
            return rf"{re.escape(self.folder)}/{names}\.md"
        segments = self.path.split("/")
        return "/".join(
            name + re.escape(segment.rpartition(">")[2]) if "<" in segment else re.escape(segment)
            for segment in segments
        )

    def path_for(self, *values: object) -> str:
        """Return the path of the record whose keys have these values."""
        first, *rest = self.literals
        return first + "".join(
            f"{value}{literal}" for value, literal in zip(values, rest, strict=True)
        )

    def key_in_path(self, path: str) -> dict[str, str]:
        """Return the key, with its value, that the path of a Markdown record gives it."""
        before, after = self.literals
        return {self.keys[0]: path.removeprefix(before).removesuffix(after)}


# In the order in which people read about them.
KINDS: tuple[Kind, ...] = (
    Kind(
        name="program",
        phrase="a program",
        record_class=Settings,
        path="content/program.yml",
        collection="settings",
    ),
    Kind(
        name="cohort",
        phrase="a cohort",
        record_class=Cohort,
        path="content/cohorts/<cohort>.yml",
        keys=("id",),
        collection="cohorts",
    ),
    Kind(
        name="participant",
        phrase="a participant",
        record_class=Participant,
        path="content/participants/<id>.yml",
        keys=("id",),
        collection="participants",
    ),
    Kind(
        name="pair",
        phrase="a pair",
        record_class=Pair,
        path="content/pairs/<cohort>/<id>.yml",
        keys=("cohort", "id"),
        collection="pairs",
    ),
    Kind(
        name="circle",
        phrase="a circle",
        record_class=Circle,
        path="content/circles/<cohort>/<id>.yml",
        keys=("cohort", "id"),
        collection="circles",
    ),
    Kind(
        name="check-in",
        phrase="a check-in",
        record_class=CheckIn,
        path="content/check-ins/<cohort>/<pair>/<due date>-<participant>.yml",
        keys=("cohort", "pair", "due", "participant"),
        collection="check_ins",
        is_listed=True,
    ),
    Kind(
        name="follow-up",
        phrase="a follow-up",
        record_class=FollowUp,
        path="content/follow-ups/<cohort>/<pair>.yml",
        keys=("cohort", "pair"),
        collection="follow_ups",
    ),
    Kind(
        name="survey",
        phrase="a survey",
        record_class=Survey,
        path="content/surveys/<id>.yml",
        keys=("id",),
        collection="surveys",
    ),
    Kind(
        name="response",
        phrase="a response",
        record_class=Response,
        path="content/responses/<survey>/<cohort>/<code>.yml",
        keys=("survey", "cohort", "code"),
        collection="responses",
        is_listed=True,
    ),
    Kind(
        name="reading",
        phrase="a reading",
        record_class=SavedReading,
        path="content/readings/<id>.yml",
        keys=("id",),
        collection="readings",
    ),
    Kind(
        name="published",
        phrase="a record of published figures",
        record_class=PublishedFigures,
        path="content/published/<cohort>/<due date>-<audience>.yml",
        keys=("cohort", "due", "audience"),
        collection="published",
        is_listed=True,
        is_computed=True,
    ),
    Kind(
        name="event",
        phrase="an event",
        record_class=Event,
        path="content/events/<id>.yml",
        keys=("id",),
        collection="events",
    ),
    Kind(
        name="resource",
        phrase="a resource",
        record_class=Resource,
        path="content/resources/<id>.yml",
        keys=("id",),
        collection="resources",
    ),
    Kind(
        name="training",
        phrase="a training module",
        record_class=TrainingModule,
        path="content/training/<id>.md",
        keys=("id",),
        collection="training",
    ),
    Kind(
        name="page",
        phrase="a page",
        record_class=Page,
        path="content/pages/<path>.md",
        keys=("path",),
        collection="pages",
        is_known_by_path=True,
    ),
)

KIND_NAMES: tuple[str, ...] = tuple(kind.name for kind in KINDS)
KIND_BY_NAME: dict[str, Kind] = {kind.name: kind for kind in KINDS}
_KIND_BY_CLASS: dict[type[Any], Kind] = {kind.record_class: kind for kind in KINDS}

# The file of the program's settings, which every command that reads a program needs.
PROGRAM_FILE = KIND_BY_NAME["program"].path


def kind_of_record(record: Record) -> Kind:
    """Return the kind of a record."""
    return _KIND_BY_CLASS[type(record)]


def _path_writer(kind: Kind) -> Callable[[Record], str]:
    """Return a function from a record of a kind to its path.

    Its template is made in advance, because a check computes the path of every record twice.
    """
    if not kind.keys:
        return lambda _: kind.path
    template = "%s".join(literal.replace("%", "%%") for literal in kind.literals)
    values = attrgetter(*kind.keys)
    return lambda record: template % values(record)


_PATH_WRITERS = {kind.record_class: _path_writer(kind) for kind in KINDS}


def record_path(record: Record) -> str:
    """Return where the file of a record belongs, by the record's own keys."""
    return _PATH_WRITERS[type(record)](record)


# One group for each kind, so that the number of the group that matched is that of the kind.
_PATH = re.compile("|".join(f"({kind.path_pattern('[^/]+', '.+')})" for kind in KINDS))


def kind_of_path(path: str) -> str | None:
    """Return the name of the kind of record that a path is for, or None if it is for none."""
    match = _PATH.fullmatch(path)
    return KIND_NAMES[match.lastindex - 1] if match and match.lastindex else None


def first_differing_key(record: Record, path: str) -> str:
    """Return the first key whose value differs from what `path` says, for a misplaced record."""
    kind = kind_of_record(record)
    expected, *literals = kind.literals
    for key, literal in zip(kind.keys, literals, strict=True):
        expected += f"{getattr(record, key)}{literal}"
        if not path.startswith(expected):
            return key
    return kind.keys[-1]
