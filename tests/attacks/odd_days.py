"""Commands on the days before 1970, in 9999 and between, with records dated as oddly."""

import random
import re
import signal
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from pathlib import Path
from unittest import mock

from click.testing import CliRunner

import folder
from attacks.attack import Attack, Outcome
from peerloom import days
from peerloom.cli.command import peerloom
from peerloom.site import building

# A mistyped year can make a list of due dates that takes minutes; a busy machine takes seconds.
PATIENCE = 60
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
_EDGES = (
    *("0001-01-01", "0001-01-02", "1000-01-01", "1582-10-15", "1899-12-31", "1969-12-31"),
    *("1970-01-01", "1979-12-31", "1980-01-01", "2000-02-29", "2026-03-01", "2038-01-20"),
    *("2099-12-31", "2100-01-01", "2106-02-08", "2107-12-31", "9998-12-31", "9999-12-31"),
)
_SHEET = """\
Name,Email,Role,Skills offered,Date of birth,Timestamp
Joan Example,joan@example.org,mentor,Python,{day},{day}
"""
# The shipped program has a record of every kind, most with dates.
_SHIPPED = Path(__file__).parents[2]
_COHORT, _MENTEE = "2026-autumn", "zeynep-arslan"


def ask_on_odd_days(tries: int, seed: int) -> Outcome:
    """Runs one command on one day in each try; every few tries the records get other dates."""
    chance = random.Random(seed)
    failures: list[str] = []
    answers = [0, 0, 0]
    with tempfile.TemporaryDirectory() as at:
        root, texts = Path(at) / "program", _texts()
        sheet = Path(at) / "sheet.csv"
        for number in range(tries):
            if number % 10 == 0:
                _write(root, texts, chance)
                sheet.write_text(_SHEET.format(day=_day(chance)))
            command = _command(chance, at, sheet)
            with _in_time():
                done = CliRunner().invoke(peerloom, ["-C", str(root), *command])
            if done.exit_code in (0, 1, 2) and isinstance(done.exception, SystemExit | None):
                answers[done.exit_code] += 1
            else:
                where = "".join(traceback.format_exception(done.exception)[-3:])
                failures.append(f"try {number} of seed {seed}: {' '.join(command)}: {where}")
    note = "ended with 0, 1 and 2: " + ", ".join(f"{n:,}" for n in answers)
    return Outcome(tries=tries, note=note, failures=tuple(failures))


@contextmanager
def _in_time() -> Iterator[None]:
    """What takes too long ends with an error, as a traceback does."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"not done in {PATIENCE} seconds")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def _day(chance: random.Random) -> str:
    if chance.random() < 0.7:
        return chance.choice(_EDGES)
    with suppress(OverflowError):
        near = date.fromisoformat(chance.choice(_EDGES))
        return (near + timedelta(days=chance.randint(-400, 400))).isoformat()
    return date.fromordinal(chance.randint(1, date.max.toordinal())).isoformat()


def _texts() -> dict[str, str]:
    records = sorted((_SHIPPED / "content").rglob("*.yml"))
    files = {path.relative_to(_SHIPPED).as_posix(): path.read_text() for path in records}
    return files | {"mkdocs.yml": "site_name: A\ndocs_dir: content/pages\nplugins: [peerloom]\n"}


def _write(root: Path, texts: dict[str, str], chance: random.Random) -> None:
    """The program with a few of its dates odd; in every third, with many of them."""
    share = chance.choice((0.01, 0.03, 0.3))

    def change(found: re.Match[str]) -> str:
        return _day(chance) if chance.random() < share else found[0]

    folder.write(root, {path: _DAY.sub(change, text) for path, text in texts.items()})


def _command(chance: random.Random, at: str, sheet: Path) -> list[str]:
    audience = chance.choice(("public", "members", "coordinators"))
    form = chance.choice(("md", "html", "csv", "json"))
    build = ["build", "--audience", audience, "--force"]
    if chance.random() < 0.2:  # nothing else writes dates into so many kinds of files
        return [*build, "--today", _day(chance)]
    command = chance.choice(
        (
            ["check"],
            build,
            ["report", _COHORT, "--format", form, "--audience", audience],
            ["report", _COHORT, "--format", form, "--from", _day(chance), "--to", _day(chance)],
            ["attention"],
            ["remind"],
            ["remind", "--format", "json"],
            ["match", _COHORT],
            ["match", _COHORT, "--anew"],
            ["match", _COHORT, "--stable"],
            ["circles", _COHORT],
            ["circles", _COHORT, "--supervision"],
            ["shortlist", _COHORT],
            ["shortlist", _COHORT, _MENTEE],
            ["explain", _COHORT, _MENTEE],
            ["learn", _COHORT],
            ["criteria", _COHORT],
            ["import", str(sheet), "--cohort", _COHORT, "--dry-run"],
            ["new", "cohort", "id=x", "name=X", f"starts={_day(chance)}", f"ends={_day(chance)}"],
            ["doctor"],
            ["propose"],
            ["review", "--base=a", "--head=b", "--author=ada", "--author-id=1"],
            _start(chance, at),
        )
    )
    if command[0] == "init":
        return command
    more = ["--dry-run"] if command[0] == "new" else []
    return [*command, *more, "--today", _today(chance)]


def _today(chance: random.Random) -> str:
    """Mostly a day that can be taken: what it does to dates is of more interest than a refusal."""
    if chance.random() < 0.2:
        return _day(chance)
    if chance.random() < 0.3:
        return chance.choice((days.FIRST_DAY, days.LAST_DAY)).isoformat()
    return (date(2026, 6, 1) + timedelta(days=chance.randint(-400, 400))).isoformat()


def _start(chance: random.Random, at: str) -> list[str]:
    weeks = str(chance.choice((2, 30, 260)))
    words = ["--name", "A", "--repository", "a/b", "--cohort", "c", "--weeks", weeks]
    return ["init", f"{at}/new-{chance.getrandbits(40):x}", *words, "--starts", _day(chance)]


def _pack(root: Path, program: object, out: Path, *_: object) -> None:
    """An engine that is quick, and leaves what gets a date."""
    import gzip

    (out / "index.html").write_text("a page")
    (out / "sitemap.xml.gz").write_bytes(gzip.compress(b"a map"))


def run(tries: int, seed: int) -> Outcome:
    """As `ask_on_odd_days`; pages are made by what is theirs alone, as themes take long."""
    from peerloom.pages import render_pages

    def engine(root: Path, program: object, out: Path, *more: object) -> None:
        today, audience = more
        render_pages(program, today, audience)  # type: ignore[arg-type]
        _pack(root, program, out)

    with (
        mock.patch.object(building, "_build_with_mkdocs", engine),
        mock.patch.dict("os.environ") as env,
    ):
        for name in ("GITHUB_TOKEN", "GITHUB_REPOSITORY"):
            env.pop(name, None)
        return ask_on_odd_days(tries, seed)


ATTACK = Attack(name="odd-days", command="fuzz", run=run, few=40)
