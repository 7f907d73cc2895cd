"""A cache spoiled, planted, swapped or opened to others: what is said is as without a cache."""

import os
import random
import shutil
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from unittest import mock

import msgspec

import folder
from attacks.attack import Attack, Outcome
from peerloom import cache_dir
from peerloom.program import cache, check, load
from peerloom.program.tree import Folder

TODAY = date(2026, 3, 1)
_BROKEN = folder.MINIMAL["content/participants/ada.yml"].replace("id: ada\n", "id: adb\n")


def spoil(tries: int, seed: int) -> Outcome:
    """Spoils the cache of two programs in one way in each try, and asks for both again."""
    chance = random.Random(seed)
    failures: list[str] = []
    with tempfile.TemporaryDirectory() as at, mock.patch.dict(os.environ):
        programs = _programs(Path(at))
        os.environ["XDG_CACHE_HOME"] = str(Path(at) / "none" / "because" / "it is a file")
        (Path(at) / "none").write_text("")
        wanted = [_said(root) for root in programs]
        for number in range(tries):
            home = Path(at) / f"cache-{number}"
            os.environ["XDG_CACHE_HOME"] = str(home)
            _fill(home, programs)
            way = chance.choice(WAYS)
            try:
                way(chance, home / "peerloom", programs)
                wrong = _difference(programs, wanted) or _difference(programs, wanted)
            except AssertionError as error:
                wrong = str(error)
            if wrong:
                name = way.__name__.strip("_")
                failures.append(f"try {number} of seed {seed}: {name}: {wrong}")
            shutil.rmtree(home, ignore_errors=True)
    note = f"in {len(WAYS)} ways"
    return Outcome(tries=tries, note=note, failures=tuple(failures))


def _programs(at: Path) -> tuple[Path, ...]:
    """One that is sound and one that is not; their files are old enough to be remembered."""
    sound = folder.write(at / "sound", folder.MINIMAL)
    broken = folder.write(at / "broken", folder.MINIMAL | {"content/participants/ada.yml": _BROKEN})
    for root in (sound, broken):
        for file in root.rglob("*.yml"):
            os.utime(file, (1_700_000_000, 1_700_000_000))
    return sound, broken


def _fill(home: Path, programs: tuple[Path, ...]) -> None:
    """Nothing is remembered of files that were changed a moment ago: it may take two runs."""
    while len(list(home.glob("*/*-verdict"))) < len(programs):
        for root in programs:
            _said(root)


def _said(root: Path) -> tuple[Any, Any]:
    loaded = load(root)
    return check(root, TODAY), (loaded.program, loaded.diagnostics)


def _difference(programs: tuple[Path, ...], wanted: list[Any]) -> str:
    for root, want in zip(programs, wanted, strict=True):
        try:
            said = _said(root)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is the fault looked for
            return f"{type(error).__name__}: {error}"
        if said != want:
            return f"{root.name} is something else than without a cache"
    return "what is kept can be read by others" if _is_open_to_others() else ""


def _is_open_to_others() -> bool:
    kept = Path(os.environ["XDG_CACHE_HOME"]) / "peerloom"
    if not kept.is_dir():
        return False
    open_ones = [file for file in kept.glob("*-v*") if file.lstat().st_mode & 0o077]
    return any(file.is_file() and not file.is_symlink() for file in open_ones)


def _files(kept: Path) -> list[Path]:
    return sorted(path for path in kept.iterdir() if path.is_file())


def _flip_bytes(chance: random.Random, kept: Path, _: object) -> None:
    file = chance.choice(_files(kept))
    data = bytearray(file.read_bytes())
    for _ in range(chance.randint(1, 3)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    file.write_bytes(data)


def _cut(chance: random.Random, kept: Path, _: object) -> None:
    file = chance.choice(_files(kept))
    file.write_bytes(file.read_bytes()[: chance.randrange(file.stat().st_size)])


def _lengthen(chance: random.Random, kept: Path, _: object) -> None:
    with chance.choice(_files(kept)).open("ab") as file:
        file.write(chance.randbytes(chance.randint(1, 50)))


def _exchange(chance: random.Random, kept: Path, _: object) -> None:
    one, other = chance.sample(_files(kept), 2)
    data = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(data)


def _exchange_verdicts(chance: random.Random, kept: Path, _: object) -> None:
    one, other = sorted(kept.glob("*-verdict"))
    aside = kept / "aside"
    for old, new in ((one, aside), (other, one), (aside, other)):
        old.rename(new)


def _plant_a_verdict_of_nothing(
    chance: random.Random, kept: Path, programs: tuple[Path, ...]
) -> None:
    """With the right fingerprint and in each form; all but the secret is known to who plants."""
    for root in programs:
        key = f"{cache.fingerprint_of(Folder(root).list_files())} {TODAY.isoformat()}"
        _plant(chance, kept, root, "verdict", {"key": key, "diagnostics": []})


def _plant_values(chance: random.Random, kept: Path, programs: tuple[Path, ...]) -> None:
    """Of a well-formed kind, of shapes that are wrong in a few ways."""
    for root in programs:
        tree = Folder(root).list_files()
        value = chance.choice((None, 1, "text", [], {}, {"id": "adb"}, {"id": 1}, [[1], {}]))
        files = {path: (stamp, value) for path, stamp in tree.files.items()}
        wrong = chance.choice((files, {}, None, 5, list(files)))
        kept_so = chance.choice((wrong, {"code": cache._code_digest(), "files": wrong}))
        _plant(chance, kept, root, "values", kept_so)
        for file in kept.glob("*-verdict"):
            file.unlink()


def _plant(chance: random.Random, kept: Path, root: Path, what: str, value: Any) -> None:
    file = kept / cache_dir._entry_name(root, what)
    data = msgspec.msgpack.encode(value)
    head = os.fsencode(root) + b"\0" + chance.randbytes(32)
    file.write_bytes(chance.choice((data, head + data)))
    file.chmod(0o600)


def _link(chance: random.Random, kept: Path, _: object) -> None:
    one, other = chance.sample(_files(kept), 2)
    one.unlink()
    (one.symlink_to if chance.random() < 0.5 else one.hardlink_to)(other)


def _put_something_else(chance: random.Random, kept: Path, _: object) -> None:
    file = chance.choice(_files(kept))
    file.unlink()
    (file.mkdir if chance.random() < 0.5 else lambda: os.mkfifo(file))()


def _open_to_others(chance: random.Random, kept: Path, _: object) -> None:
    (kept if chance.random() < 0.5 else chance.choice(_files(kept))).chmod(0o777)


def _give_away(chance: random.Random, kept: Path, _: object) -> None:
    if os.geteuid() == 0:
        os.chown(kept if chance.random() < 0.5 else chance.choice(_files(kept)), 12345, 12345)


def _delete_one(chance: random.Random, kept: Path, _: object) -> None:
    chance.choice(_files(kept)).unlink()


def _bring_from_elsewhere(chance: random.Random, kept: Path, programs: tuple[Path, ...]) -> None:
    """The folder of another time, when the broken program was sound."""
    ada = programs[1] / "content/participants/ada.yml"
    shutil.copytree(kept, kept.with_name("before"))
    shutil.rmtree(kept)
    kept.with_name("before").rename(kept)
    os.utime(ada, (1_700_000_000, 1_700_000_000))


def _change_a_file_and_turn_back_its_clock(
    chance: random.Random, kept: Path, programs: tuple[Path, ...]
) -> None:
    """As large as before, and no later by what anybody can set."""
    ada = programs[0] / "content/participants/ada.yml"
    for text in (_BROKEN, folder.MINIMAL["content/participants/ada.yml"]):
        ada.write_text(text)
        os.utime(ada, (1_700_000_000, 1_700_000_000))
        found = check(programs[0], TODAY).diagnostics
        assert bool(found) == (text == _BROKEN), "a changed file was taken for the old"


Way = Callable[[random.Random, Path, tuple[Path, ...]], None]
WAYS: tuple[Way, ...] = (
    *(_flip_bytes, _cut, _lengthen, _exchange, _exchange_verdicts, _delete_one),
    *(_plant_a_verdict_of_nothing, _plant_values, _link, _put_something_else),
    *(_open_to_others, _give_away, _bring_from_elsewhere),
    _change_a_file_and_turn_back_its_clock,
)

ATTACK = Attack(name="spoiled-cache", command="fuzz", run=spoil, few=60)
