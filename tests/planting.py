"""A program in which every field that a schema knows is filled in, each text with its own word.

The fields are found by walking the schemas, so a new one is filled in without a change here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from peerloom import schema, source
from peerloom.audience import includes
from peerloom.kinds import KIND_BY_NAME, kind_of_path
from peerloom.model import AUDIENCES, Audience

Record = dict[str, Any]
_DAY = "2026-02-05"
WORD = re.compile(r"zq(?:planted|earlier)(\d{4})qz")
# What stands in fields that name another record, or that decide who is shown. All other fields
# are filled in with whatever their schema allows. None leaves a field out.
_GIVEN: dict[str, Any] = {
    "cohort": "spring",
    "cohorts": None,
    "participant": "zedq",
    "facilitators": ["ada", "zedq"],
    "attended": ["grace", "miaq", "zedq"],
    "case_by": "zedq",
    "hosts": ["miaq", "zedq"],
    "suggested_by": "zedq",
    "preferred": ["zedq"],
    "excluded": ["miaq"],
    "training": None,
    "peers": None,
    "ended_on": None,
    "paused_until": None,
    "left_on": None,
    "state": None,
    "withdrawn": None,
    "forgotten_on": None,
    "surveys": ["start"],
}

# What decides how something is shown, though it is not shown itself: somebody who is not accepted
# takes no part, and members are not told that a check-in is missing which a pause excused.
_DECIDING: dict[str, tuple[Audience, ...]] = {
    "participant.cohorts.state": AUDIENCES,
    **dict.fromkeys(("pair.pauses", "pair.pauses.starts", "pair.pauses.ends"), ("members",)),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a word stands, and the audience that may read it: by its field and its people."""

    path: str
    field: str
    by_field: Audience
    by_people: Audience

    @property
    def needed(self) -> Audience:
        """The smaller of the two audiences."""
        return max(self.by_field, self.by_people, key=AUDIENCES.index)


@dataclass(slots=True)
class Planter:
    """Fills in records, and keeps of each word where it stands."""

    places: dict[str, Place] = field(default_factory=dict)
    questions: dict[str, Audience] = field(default_factory=dict)

    def fill(self, kind: str, path: str, base: Record, shown_to: Audience) -> Record:
        """A record with every field of its kind, those of `base` as they are given there."""
        node = schema.load_schema(kind)
        return self._fill_group(node, base, _Here(kind, path, (), "public", shown_to))

    def _fill_group(self, node: Mapping[str, Any], base: Record, here: "_Here") -> Record:
        shown_to = base.pop("_shown_to", here.by_people)
        filled: Record = {}
        for name, below in node.get("properties", {}).items():
            inside = here.enter(name, below.get("x-audience", "public"), shown_to)
            given = base[name] if name in base else _GIVEN.get(name, ...)
            value = self._fill(below, given, inside)
            if value is not None:
                filled[name] = value
        return filled

    def _fill(self, node: Mapping[str, Any], given: Any, here: "_Here") -> Any:
        if given is ...:
            return self._make(node, here)
        if isinstance(given, dict):
            if here.keys[-1] == "answers":
                return self._fill_answers(given, here)
            return self._fill_group(node, given, here) if "properties" in node else given
        if isinstance(given, list):
            return [self._fill(node["items"], each, here) for each in given]
        return self.plant(here) if given == "WORD" else given

    def _fill_answers(self, given: Record, here: "_Here") -> Record:
        """Answers to the program's own questions: who may see one is what its question says."""
        found = {}
        for id_, value in given.items():
            needed = self.questions.get(id_, "coordinators")
            inside = _Here(here.kind, here.path, (*here.keys, id_), needed, here.by_people)
            found[id_] = self.plant(inside) if value == "WORD" else value
        return found

    def _make(self, node: Mapping[str, Any], here: "_Here") -> Any:
        if "enum" in node:
            return node["enum"][0]
        types = node["type"] if isinstance(node["type"], list) else [node["type"]]
        if "object" in types:
            return self._make_group(node, here)
        match types[0]:
            case "array":
                return [self._make(node["items"], here) for _ in range(node.get("minItems") or 1)]
            case "string":
                return self._make_text(node, here)
            case "boolean":
                return True
        return node.get("minimum", 1)

    def _make_group(self, node: Mapping[str, Any], here: "_Here") -> Record:
        inner = node.get("additionalProperties")
        if isinstance(inner, dict):
            return {self.plant(here): self._make(inner, here)} if "enum" not in inner else {}
        return self._fill_group(node, {}, here)

    def _make_text(self, node: Mapping[str, Any], here: "_Here") -> str:
        if node.get("format") == "date":
            return _DAY
        word = self.plant(here)
        pattern = node.get("pattern", "")
        for text in (word, f"https://{word}.example/", f"{word}/{word}", f"{word}.md"):
            if re.search(pattern, text) and len(text) <= node.get("maxLength", 1_000):
                return text
        del self.places[word]
        return str(node["examples"][0])

    def plant(self, here: "_Here") -> str:
        """A word of its own for a place."""
        word = f"zqplanted{len(self.places):04d}qz"
        self.places[word] = Place(
            path=here.path,
            field=f"{here.kind}.{'.'.join(here.keys)}",
            by_field=here.by_field,
            by_people=here.by_people,
        )
        return word

    def find_leaks(self, text: str, audience: Audience, *, by: str = "needed") -> Iterator[Place]:
        """The places whose words are in a text although the audience may not read them.

        `by` is the attribute of a place that says who may.
        """
        for number in set(WORD.findall(text)):
            place = self.places[f"zqplanted{number}qz"]
            if not includes(audience, getattr(place, by)):
                yield place

    def remove_hidden(self, files: Mapping[str, str], audience: Audience) -> dict[str, str]:
        """The files without each field above an audience that its record can be without."""
        less = dict(files)
        for path in files:
            if path.endswith(".yml"):
                kind = kind_of_path(path) or ""
                value = source.parse(files[path].encode()).value
                left = self._without_hidden(schema.load_schema(kind), value, (kind,), audience)
                less[path] = source.dump(left)
        return less

    def _without_hidden(
        self, node: Mapping[str, Any], value: Any, keys: tuple[str, ...], audience: Audience
    ) -> Any:
        if isinstance(value, list):
            inner = node.get("items", {})
            return [self._without_hidden(inner, each, keys, audience) for each in value]
        if not isinstance(value, dict) or "properties" not in node:
            return value
        left: Record = {}
        for name, inner in value.items():
            below = node["properties"][name]
            is_seen = includes(audience, below["x-audience"]) or name in node.get("required", ())
            if name == "answers" and keys[0] in ("participant", "pair", "check-in"):
                seen = {i: a for i, a in inner.items() if self._may_read_answer(i, audience)}
                left[name] = seen
            elif is_seen or audience in _DECIDING.get(".".join((*keys, name)), ()):
                left[name] = self._without_hidden(below, inner, (*keys, name), audience)
        return left

    def _may_read_answer(self, question: str, audience: Audience) -> bool:
        return includes(audience, self.questions.get(question, "coordinators"))


@dataclass(frozen=True, slots=True)
class _Here:
    kind: str
    path: str
    keys: tuple[str, ...]
    by_field: Audience
    by_people: Audience

    def enter(self, name: str, needed: Audience, by_people: Audience) -> "_Here":
        """A field inside: what is in a hidden group is hidden, too."""
        by_field = max(self.by_field, needed, key=AUDIENCES.index)
        return _Here(self.kind, self.path, (*self.keys, name), by_field, by_people)


# Who may see each person; `zedq` agreed to nothing, and `kitq`, who agreed to all, is not accepted.
PEOPLE: dict[str, Audience] = {
    "ada": "public", "grace": "public", "bo": "public", "eve": "public",
    "miaq": "members", "cydq": "coordinators", "zedq": "coordinators", "kitq": "coordinators",
}  # fmt: skip
_QUOTED = {"ada", "eve", "miaq"}
# Of each pair: its people, how it stands, and who may see it because of that.
_PAIRS: dict[str, tuple[Record, Audience]] = {
    "ada-grace": ({"status": "active"}, "public"),
    "ada-miaq": ({"status": "paused"}, "public"),
    "bo-cydq": ({"status": "active"}, "public"),
    "bo-eve": ({"status": "proposed", "started_on": None}, "members"),
    "eve-grace": ({"status": "ended_early", "ended_on": "2026-02-20"}, "public"),
    "eve-zedq": ({"status": "completed", "ended_on": "2026-02-20"}, "public"),
}
_RECORDS = ("sign_up", "check_in", "closing")


def plant_program() -> tuple[dict[str, str], Planter]:
    """The files of the program by their paths, and the words in them."""
    planter = Planter()
    for record in _RECORDS:
        planter.questions |= {f"{record.replace('_', '-')}-{a}": a for a in AUDIENCES}
    files: dict[str, str] = {}
    for kind, base, shown_to in _list_bases(planter):
        row = KIND_BY_NAME[kind]
        text = base.pop("_text", None)
        path = row.path_for(*({**_GIVEN, **base}[key] for key in row.keys))
        value = planter.fill(kind, path, base, shown_to)
        if text is None:
            files[path] = source.dump(value)
        else:
            files[path] = f"---\n{source.dump(value)}---\n\n{text}\n"
    return files, planter


def _list_bases(planter: Planter) -> Iterator[tuple[str, Record, Audience]]:
    """Each record's kind, what is given of it, and who may see its people."""
    yield "program", _base_program(planter), "public"
    yield "cohort", _base_cohort(), "public"
    autumn = {"id": "autumn", "starts": "2026-09-01", "ends": "2026-12-01", "check_ins": None}
    yield "cohort", _base_cohort() | autumn, "public"
    for id_, show in PEOPLE.items():
        yield "participant", _base_person(planter, id_, show), show
    for id_, (status, by_status) in _PAIRS.items():
        first, second = people = id_.split("-")
        shown_to = _narrowest(PEOPLE[first], PEOPLE[second], by_status)
        yield "pair", _base_pair(planter, id_, people, shown_to) | status, shown_to
        if by_status == "public":
            for who in people:
                yield "check-in", _base_check_in(planter, id_, who), shown_to
            yield "follow-up", {"pair": id_, "cohort": "spring"}, shown_to
    for id_, status, shown in (("one", "active", "public"), ("two", "proposed", "members")):
        yield "circle", {"id": id_, "status": status, "members": ["ada", "miaq", "zedq"]}, shown
    yield "survey", {"id": "start", "items": _ITEMS}, "public"
    yield "response", _base_response(), "public"
    yield "event", {"id": "talk", "on": "2026-02-12", "cohorts": ["spring"]}, "public"
    yield "resource", {"id": "book"}, "public"
    yield "reading", {"id": "form"}, "public"
    yield "training", {"id": "first", "_text": "Read this."}, "public"
    yield "page", {"path": "more.md", "_text": "Read that, too."}, "public"


def _narrowest(*audiences: Audience) -> Audience:
    return max(audiences, key=AUDIENCES.index)


_SCALE: Record = {"lowest": 1, "highest": 5, "labels": ["WORD", "WORD"]}


def _base_program(planter: Planter) -> Record:
    questions = [
        {
            "id": id_, "record": _RECORDS[number // len(AUDIENCES)], "audience": audience,
            "kind": "text", "choices": None, "scale": None, "roles": None, "asked": True,
        }
        for number, (id_, audience) in enumerate(planter.questions.items())
    ]  # fmt: skip
    asked = {"record": "sign_up", "audience": "public"}
    questions += [
        asked | {"id": "chosen", "kind": "choice", "choices": ["WORD", "WORD"], "scale": None},
        asked | {"id": "rated", "kind": "scale", "choices": None, "scale": _SCALE},
    ]
    return {
        "visibility": "private", "time_zone": "Europe/Lisbon", "languages": ["en"],
        "questions": questions, "signals": None, "defaults": {"circle_size": None},
        "coordinators": ["noor"], "coordinator_ids": {"noor": 1}, "import_columns": None,
    }  # fmt: skip


def _base_cohort() -> Record:
    return {
        "id": "spring", "starts": "2026-01-12", "ends": "2026-06-28", "selects": True,
        "check_ins": {
            "every_weeks": 2, "first": "2026-01-26", "dates": None, "grace_days": 5,
            "answers": "both", "reminders": {"nudge_days": [3], "escalate_days": [21]},
        },
        "pair_weeks": None, "coordinators": ["noor"], "coordinator_ids": {"noor": 1},
        "matching": {"pins": [{"mentor": "zedq", "mentee": "cydq"}], "forbids": [["zedq", "miaq"]]},
    }  # fmt: skip


def _base_person(planter: Planter, id_: str, show: Audience) -> Record:
    part = {"cohort": "spring", "role": "mentor" if id_ in ("ada", "bo", "eve") else "mentee"}
    agreed = "public" if id_ == "kitq" else show
    consent = {"given_on": "2026-01-02", "show": agreed, "quote": id_ in _QUOTED}
    declined = {"cohort": "autumn", "state": "declined", "_shown_to": "coordinators"}
    return {
        "id": id_, "goals": [{}, {"cohort": "autumn", "_shown_to": "coordinators"}],
        "cohorts": [part | ({"state": "applied"} if id_ == "kitq" else {}), part | declined],
        "consent": None if id_ == "zedq" else consent, "languages": ["en"],
        "time_zone": "Europe/Lisbon", "answers": _ask(planter, "sign-up"),
    }  # fmt: skip


def _ask(planter: Planter, record: str) -> Record:
    asked = {id_: "WORD" for id_ in planter.questions if id_.startswith(record)}
    return asked | {"gone": "WORD"}


def _base_pair(planter: Planter, id_: str, people: list[str], shown_to: Audience) -> Record:
    stories = [
        {"by": who, "_shown_to": shown_to if who in _QUOTED else "coordinators"} for who in people
    ]
    return {
        "id": id_, "mentor": people[0], "mentee": people[1], "started_on": "2026-01-14",
        "proposed_on": "2026-01-13", "ends_on": None, "pauses": [{"starts": "2026-02-02"}],
        "agreement": {"agreed_on": "2026-01-20", "expectations": [{"by": who} for who in people]},
        "goals": [{"id": "goal", "set_on": "2026-01-20"}], "stories": stories,
        "answers": _ask(planter, "closing"), "match": {"people": people},
        "former": [{"id": "ada-zedq", "people": ["ada", "zedq"], "status": "active"}],
    }  # fmt: skip


def _base_check_in(planter: Planter, pair: str, who: str) -> Record:
    return {
        "pair": pair, "due": "2026-01-26", "participant": who, "answered_on": "2026-01-26",
        "received_on": "2026-01-26", "meetings": [{"on": "2026-01-22"}],
        "ratings": {"useful": 1, "relationship": 1}, "goals": [{"goal": "goal", "level": -2}],
        "answers": _ask(planter, "check-in"), "next_meeting": "2026-03-03",
    }  # fmt: skip


_ITEMS: list[Record] = [
    {"id": "one", "kind": "text", "scale": None, "choices": None},
    {"id": "two", "kind": "choice", "scale": None, "choices": ["WORD", "WORD"]},
    {"id": "three", "kind": "scale", "scale": _SCALE, "choices": None},
]


def _base_response() -> Record:
    wave = {"wave": "before", "answered_on": "2026-01-20", "answers": {"one": "WORD"}}
    return {"survey": "start", "code": "c0de", "role": "mentee", "waves": [wave]}
