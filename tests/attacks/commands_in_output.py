"""Commands planted in every text of a program: no command prints one that a log would run."""

import json
import random
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

import folder
import runner
from attacks.attack import Attack, Outcome
from commits import Commits
from peerloom import schema, source
from peerloom.cli.command import peerloom

TODAY = "2026-03-01"
RUNS_OF_ONE_PROGRAM = 25

COMMANDS = (
    "::error::{n}",
    " ::error file=x,line=1::{n}",
    "::add-mask::{n}",
    "::stop-commands::{n}",
    "::set-output name=x::{n}",
    "##[error]{n}",
    "said ##[group]{n}",
    "###[warning]{n}",
    "x\n::error::{n}",
    "x\r::error::{n}",
    "x\r\n##[error]{n}",
    "x\u2028::error::{n}",
    "\u00a0\u3000::error::{n}",
    "\t::warning::{n}",
    "%0A::error::{n}",
    "\\n::error::{n}",
    "\x1b[2K\x1b[1G::error::{n}",
    "\x1b]8;;http://example.org\x07{n}\x1b]8;;\x07",
    "\x9b31m{n}\x07",
    "\u202e::rorre::{n}",
    "','x::y\n::error::{n}",
    "a\x0b::error::{n}",
    "a\x0c::error::{n}",
    "a\x85::error::{n}",
)
# What is text by its schema, and means something nevertheless.
MEANS = (
    "skill",
    "time_zone",
    "language",
    "languages",
    "guide",
    "branch",
    "member_site",
    "site_url",
)

Value = dict[str, Any]
RECORDS: dict[str, tuple[str, Value]] = {
    "content/surveys/feedback.yml": (
        "survey",
        {
            "id": "feedback",
            "title": "Feedback",
            "waves": ["before"],
            "items": [{"id": "words", "text": "Words?", "kind": "text"}],
        },
    ),
    "content/responses/feedback/spring/k7.yml": (
        "response",
        {
            "survey": "feedback",
            "cohort": "spring",
            "code": "k7",
            "waves": [
                {"wave": "before", "answered_on": "2026-02-01", "answers": {"words": "Words"}}
            ],
        },
    ),
    "content/events/party.yml": (
        "event",
        {
            "id": "party",
            "title": "Party",
            "kind": "social",
            "on": "2026-02-09",
            "setting": "in_person",
            "cohorts": ["spring"],
            "attended": ["ada"],
        },
    ),
    "content/resources/book.yml": ("resource", {"id": "book", "title": "Book", "kind": "book"}),
    "content/circles/spring/readers.yml": (
        "circle",
        {
            "id": "readers",
            "cohort": "spring",
            "kind": "circle",
            "name": "Readers",
            "status": "active",
            "started_on": "2026-01-14",
            "facilitators": ["ada"],
            "members": ["grace"],
            "meetings": [{"on": "2026-02-01", "attended": ["ada", "grace"]}],
        },
    ),
    "content/check-ins/spring/ada-grace/2026-02-09-grace.yml": (
        "check-in",
        {
            "cohort": "spring",
            "pair": "ada-grace",
            "due": "2026-02-09",
            "participant": "grace",
            "answered_on": "2026-02-09",
            "support_wanted": True,
            "goals": [{"goal": "first-package", "level": 1}],
        },
    ),
}
for _id, _role in {"bob": "mentor", "cem": "mentor", "eve": "mentee", "fay": "mentee"}.items():
    _skills = "skills_offered" if _role == "mentor" else "skills_wanted"
    RECORDS[f"content/participants/{_id}.yml"] = (
        "participant",
        {
            "id": _id,
            "name": _id.title(),
            "cohorts": [{"cohort": "spring", "role": _role}],
            _skills: [{"skill": "python"}],
            "consent": {"given_on": "2026-01-03", "show": "public", "quote": True},
        },
    )
KINDS_OF_MINIMAL = {
    "content/program.yml": "program",
    "content/cohorts/spring.yml": "cohort",
    "content/participants/ada.yml": "participant",
    "content/participants/grace.yml": "participant",
    "content/pairs/spring/ada-grace.yml": "pair",
}


def print_everything(tries: int, seed: int) -> Outcome:
    """Runs that print hostile programs as for a log, and what the runner would do on reading."""
    chance = random.Random(seed)
    failures: list[str] = []
    planted = refused = 0
    with tempfile.TemporaryDirectory() as at:
        for number in range(tries):
            if number % RUNS_OF_ONE_PROGRAM == 0:
                here = _Here(Path(at) / str(number), chance)
                planted += here.planted
            line = here.line(chance)
            wrong, code = _wrong_with(here.root, line)
            refused += code != 0
            failures += [f"run {number} of seed {seed}: {line[:4]}: {each}" for each in wrong]
    note = f"{planted:,} texts planted, {refused:,} runs that refused something"
    return Outcome(tries=tries, note=note, failures=tuple(failures))


class _Here:
    """A program with commands in its texts, in a folder and in commits, and a sheet of people."""

    def __init__(self, root: Path, chance: random.Random) -> None:
        self.root = root
        self.planted = 0
        # Most programs are such as every command takes; the others fail in every way.
        self._words = [c for c in COMMANDS if c.replace("\n", "").isprintable()]
        if chance.random() < 0.3:
            self._words = list(COMMANDS)
        self._chance = chance
        folder.write(root, self._files())
        (root / "mkdocs.yml").write_text(f"site_name: x\n{self._text()!r}: [\n", encoding="utf-8")
        rows = [f'"{self._text()}","{self._text()}",{role}\n' for role in ("mentor", "boss") * 3]
        sheet = "".join(["Name,Skills you offer,Role\n", *rows])
        (root / "people.csv").write_text(sheet, encoding="utf-8", newline="")
        hub = Commits(root / "hub.git")
        files = {str(path.relative_to(root)): path.read_bytes() for path in _yaml(root)}
        hub.commit("main", folder.MINIMAL)
        name = f"content/pages/{self._text().replace('/', '.')}.md"
        hub.commit("head", {**files, name: self._text()}, "main")

    def _text(self) -> str:
        self.planted += 1
        return self._chance.choice(self._words).format(n=self.planted)

    def _files(self) -> dict[str, str]:
        values = {path: source.parse(t.encode()).value for path, t in folder.MINIMAL.items()}
        kinds = dict(KINDS_OF_MINIMAL)
        for path, (kind, value) in RECORDS.items():
            values[path], kinds[path] = json.loads(json.dumps(value)), kind
        for path, value in values.items():
            self._plant(value, schema.load_schema(kinds[path]))
        files = {path: source.dump(value) for path, value in values.items()}
        files["content/pages/about.md"] = f"# {self._text()}\n\n{self._text()}\n[x](nowhere.md)\n"
        files["content/pages/no-record.txt"] = self._text()
        if self._chance.random() < 0.3:
            files[f"content/{self._text().replace('/', '.')}.yml"] = self._text()
        return files

    def _plant(self, value: Value, node: dict[str, Any]) -> None:
        """Puts a command into each key whose value may be any text, there or not yet."""
        for key, below in node.get("properties", {}).items():
            inner, there = below.get("items", below), value.get(key)
            for each in there if isinstance(there, list) else [there]:
                if isinstance(each, dict):
                    self._plant(each, inner)
            if _is_free(below) and key not in MEANS and self._chance.random() < 0.8:
                value[key] = self._text()[: below.get("maxLength", 1_000)]
        if "answers" in value and isinstance(value["answers"], dict):
            value["answers"]["words"] = self._text()

    def line(self, chance: random.Random) -> list[str]:
        """A command's words, some of which are hostile too."""
        return chance.choice(LINES)(self._text)


def _is_free(node: dict[str, Any]) -> bool:
    shaped = ("pattern", "enum", "format")
    return node.get("type") == "string" and not any(word in node for word in shaped)


def _yaml(root: Path) -> Iterator[Path]:
    yield from sorted((root / "content").rglob("*.yml"))


Line = Callable[[Callable[[], str]], list[str]]


def _fixed(words: str) -> Line:
    return lambda _: words.split()


LINES: tuple[Line, ...] = (
    *map(
        _fixed,
        (
            "attention",
            "attention spring",
            "check",
            "check --format github",
            "check --format json",
            "match spring",
            "match spring --format json",
            "match spring --format md",
            "shortlist spring",
            "shortlist spring --format json",
            "shortlist spring grace",
            "shortlist spring grace --format json",
            "explain spring grace",
            "explain spring grace ada",
            "explain spring grace --audience members",
            "circles spring",
            "circles spring --format json",
            "circles spring --supervision --format json",
            "criteria spring",
            "learn spring",
            "learn spring --format json",
            "remind",
            "remind --format json",
            *(
                f"report spring --format {form} --audience {audience}"
                for form in ("md", "html", "csv", "json")
                for audience in ("public", "coordinators")
            ),
            "forms --dry-run",
            "import people.csv --cohort spring --dry-run",
            "import people.csv --cohort spring --dry-run --add-skills --role mentee",
            "review text",
            "review md",
            "review json",
            "doctor",
            "propose",
            "build",
            "rules",
            "schema pair",
        ),
    ),
    lambda text: ["report", text()],
    lambda text: ["attention", text()],
    lambda text: ["check", text()],
    lambda text: ["check", "--format", text()],
    lambda text: ["check", "--today", text()],
    lambda text: ["match", text()],
    lambda text: ["circles", text()],
    lambda text: ["learn", text()],
    lambda text: ["criteria", text()],
    lambda text: ["explain", "spring", text()],
    lambda text: ["explain", "spring", "grace", text()],
    lambda text: ["shortlist", "spring", text()],
    lambda text: ["new", text()],
    lambda text: ["new", "participant", text()],
    lambda text: ["new", "participant", f"id={text()}", f"name={text()}"],
    lambda text: ["new", "event", f"{text()}=x", "title=x"],
    lambda text: [
        *("new", "resource", "id=other", "kind=book", f"title={text()}", f"summary={text()}"),
        "--dry-run",
    ],
    lambda text: ["new", "response", f"survey={text()}"],
    lambda text: ["import", text(), "--cohort", "spring"],
    lambda text: ["import", "people.csv", "--cohort", text()],
    lambda text: ["import", "people.csv", "--cohort", "spring", "--map", text()],
    lambda text: ["build", "--out", text().replace("\0", "")],
    lambda text: ["init", f"new/{text().replace('/', '.')}", "--cohort", text(), "--name", text()],
    lambda text: [
        *("init", f"new/{text().replace('/', '.')}", "--cohort", "one", "--name", text()),
        *("--repository", text(), "--starts", "2027-01-11", "--weeks", "8"),
    ],
    lambda text: [text()],
    lambda text: [f"--{text()}"],
    lambda text: ["schema", text()],
)


def _wrong_with(root: Path, words: list[str]) -> tuple[list[str], int]:
    """What the runner would do on reading what a command prints, and the command's exit code."""
    log, plain = _run(root, words, "true"), _run(root, words, "")
    if isinstance(log.exception, Exception) and not isinstance(log.exception, SystemExit):
        return [f"raised {log.exception!r}"], 1
    text = log.stdout
    if words == ["check", "--format", "github"]:
        ours = [line for line in text.split("\n")[:-1] if line.startswith(("::error ", "::warn"))]
        wrong = [] if "\n".join([*ours, ""]) in (text, f"{text}\n") else ["not a line each"]
        text = "".join(line for line in ours if len(runner.carried_out(line)) != 1)
    else:
        wrong = []
    wrong += [f"would run {line[:120]!r}" for line in runner.commands(f"{text}\n{log.stderr}")]
    shown = f"{log.stdout}{log.stderr}{'' if _is_data(words) else plain.stdout}{plain.stderr}"
    acts = sorted({c for c in shown if not (c.isprintable() or c == "\n")})
    wrong += [f"would reach a terminal: {acts!r}"] if acts else []
    if (
        "json" in words
        and log.exit_code == 0
        and json.loads(log.stdout) != json.loads(plain.stdout)
    ):
        wrong.append("the JSON of a log says something else")
    return wrong, log.exit_code


def _is_data(words: list[str]) -> bool:
    return (
        bool({"json", "md", "html", "csv"} & {*words}) or "--dry-run" in words or "report" in words
    )


_DATED = (
    *("attention", "match", "shortlist", "explain", "circles", "learn"),
    *("remind", "report", "review", "import", "new"),
)


def _run(root: Path, words: list[str], in_actions: str) -> Result:
    if words[0] == "review" and len(words) == 2:
        root = root / "hub.git"
        ends = ["--base", "main", "--head", "head", "--author", "noor", "--author-id", "1"]
        words = ["review", *ends, "--format", words[1]]
    if words[0] == "import" and words[1] == "people.csv":
        words = ["import", str(root / "people.csv"), *words[2:]]
    has_day = words[0] in _DATED
    if words[0] == "check" and "--today" not in words:
        has_day = True
    also = ["--today", TODAY] if has_day else []
    environment = {"GITHUB_ACTIONS": in_actions, "GITHUB_TOKEN": "", "GITHUB_REPOSITORY": ""}
    return CliRunner().invoke(
        peerloom, ["-C", str(root), *words, *also], env=environment, prog_name="peerloom"
    )


ATTACK = Attack(name="commands-in-output", command="fuzz", run=print_everything, few=120)
