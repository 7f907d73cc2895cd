"""GitHub's OpenAPI description: whether a request or an answer is one that it allows."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema_rs

FILE = Path(__file__).parents[2] / "node_modules/@octokit/openapi/generated/api.github.com.json"


class Description:
    """The description, read once in a process; `wrongs` are sentences."""

    def __init__(self) -> None:
        assert FILE.is_file(), f"'{FILE}' must be there: run npm ci in the project's folder"
        self._value = _read()
        self._paths = [(_pattern(path), path) for path in self._value["paths"]]
        self._validators: dict[str, Any] = {}
        self._known: dict[tuple[str, str], tuple[str, dict[str, Any]] | None] = {}

    def operation(self, method: str, path: str) -> tuple[str, dict[str, Any]] | None:
        """The template of a path and what its method does; each is looked for once."""
        if (method, path) not in self._known:
            self._known[method, path] = self._find_operation(method, path)
        return self._known[method, path]

    def _find_operation(self, method: str, path: str) -> tuple[str, dict[str, Any]] | None:
        """What the most literal template of a path has for a method."""
        found = [
            (template, self._value["paths"][template])
            for pattern, template in self._paths
            if pattern.fullmatch(path)
        ]
        # Of two as literal as each other, the longer: a branch's name may be said to hold the rest.
        for template, item in sorted(found, key=lambda p: (p[0].count("{"), -p[0].count("/"))):
            if method.lower() in item:
                return template, item[method.lower()]
        return None

    def wrongs_of_request(
        self, method: str, path: str, query: dict[str, str], body: Any
    ) -> Iterator[str]:
        """What the description does not allow in a request."""
        found = self.operation(method, path)
        if found is None:
            yield f"{method} {path} is in no description"
            return
        template, operation = found
        known = {p["name"]: p for p in map(self._resolved, operation.get("parameters", ()))}
        allowed = {name for name, p in known.items() if p["in"] == "query"}
        for name, value in query.items():
            if name not in allowed:
                yield f"{method} {template} has no parameter {name}"
            else:
                yield from self._wrongs(_typed(value), known[name]["schema"], f"{template}?{name}")
        schema = _json_schema(operation.get("requestBody", {}))
        if body is not None and schema is None:
            yield f"{method} {template} takes no body"
        elif schema is not None and body is not None:
            yield from self._wrongs(body, schema, f"{method} {template}")
            unknown = body.keys() - schema.get("properties", body).keys()
            if unknown:
                yield f"{method} {template} has no key {', '.join(sorted(unknown))}"

    def wrongs_of_answer(self, method: str, path: str, status: int, body: Any) -> Iterator[str]:
        """What the description does not allow in an answer."""
        found = self.operation(method, path)
        if found is None:
            return
        template, operation = found
        answers = operation["responses"]
        # Faults and limits may come from any request; the description has them at few.
        if str(status) not in answers:
            if status < 400:
                yield f"{method} {template} never answers {status}"
            return
        schema = _json_schema(self._resolved(answers[str(status)]))
        if schema is not None:
            yield from self._wrongs(body, schema, f"{method} {template} {status}")

    def _resolved(self, value: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in value:
            at: Any = self._value
            for part in value["$ref"].removeprefix("#/").split("/"):
                at = at[part]
            value = at
        return value

    def _wrongs(self, value: Any, schema: dict[str, Any], where: str) -> Iterator[str]:
        if where not in self._validators:
            self._validators[where] = jsonschema_rs.validator_for(self._whole(schema))
        for error in self._validators[where].iter_errors(value):
            at = "/".join(map(str, error.instance_path))
            yield f"{where}: {at}: {error.message[:300]}"

    def _whole(self, schema: dict[str, Any]) -> dict[str, Any]:
        """A schema with all that it refers to, as JSON Schema has it."""
        needed: dict[str, Any] = {}
        waiting = [schema]
        while waiting:
            for ref in _references(waiting.pop()):
                name = ref.rsplit("/", 1)[1]
                if name not in needed:
                    needed[name] = self._resolved({"$ref": ref})
                    waiting.append(needed[name])
        return _converted({**schema, "components": {"schemas": needed}})


@cache
def _read() -> dict[str, Any]:
    value: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return value


def _pattern(path: str) -> re.Pattern[str]:
    parts = re.split(r"(\{[^}]+\})", path)
    # A branch's name may have slashes, and is always the last part.
    one = {"{ref}": ".+"}
    found = (one.get(p, "[^/]+") if p.startswith("{") else re.escape(p) for p in parts)
    return re.compile("".join(found))


def _typed(value: str) -> Any:
    return int(value) if value.isdigit() else value


def _json_schema(holder: dict[str, Any]) -> dict[str, Any] | None:
    content = holder.get("content", {})
    return content.get("application/json", {}).get("schema")


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for below in value.values():
            yield from _references(below)
    elif isinstance(value, list):
        for below in value:
            yield from _references(below)


def _converted(value: Any) -> Any:
    """OpenAPI 3.0's `nullable` as JSON Schema says it; what is only for people is left out."""
    if isinstance(value, list):
        return [_converted(below) for below in value]
    if not isinstance(value, dict):
        return value
    schema = {k: _converted(v) for k, v in value.items() if k not in ("example", "examples")}
    if value.get("nullable") is True:
        schema.pop("nullable")
        return {"anyOf": [{"type": "null"}, schema]}
    return schema
