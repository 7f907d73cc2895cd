"""Commits with hostile names: what the review lets pass, every computer can check out.

What a computer can hold is told here a second time: by a real Git that guards itself as on
Windows and macOS, and by the written rules of Windows, macOS and Linux.
"""

import hashlib
import os
import random
import subprocess
import tempfile
import unicodedata
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import folder
from attacks.attack import Attack, Outcome
from commits import Commits
from peerloom import git
from peerloom import review as reviews

TODAY = date(2026, 3, 1)
ORDINARY = 2
# Folders to hide something in; the review looks at all of them.
ABOVE = ("content/pages/", "content/pages/guides/", "content/participants/", "docs/", "tools/", "")

DEVICES = ("con", "prn", "aux", "nul", "com1", "com9", "com¹", "lpt1", "lpt³", "conin$", "conout$")
GITS = (".git", "git~1", ".git::$INDEX_ALLOCATION", ".git ", ".git.", ".gitmodules", "gitmod~1")
HIDDEN = "\u200b\u200c\u200d\u200e\u202a\u202e\u2060\u206a\ufeff\u00ad"
WORDS = ("about", "über", "first steps", "日本語", "naïve", "Привет", "plan (draft)", "2026-02")
CLONED_INTO = "C:\\Users\\somebody\\Documents\\GitHub\\mentoring\\"
ENDINGS = (".md", ".png", ".pdf", ".tar.gz", "")


def let_pass(tries: int, seed: int) -> Outcome:
    """Commits with names drawn from the worst, and what the review let pass that it must not."""
    chance = random.Random(seed)
    failures: list[str] = []
    passed = refused = 0
    with tempfile.TemporaryDirectory() as at:
        hub = _Hub(Path(at))
        for number in range(tries):
            plain = [_ordinary(chance, f"{number}x{n}") for n in range(ORDINARY)]
            drawn = [_hostile(chance) for _ in range(chance.randint(1, 3))]
            if chance.random() < 0.3:
                drawn += [_twin(chance, path) for path in (drawn[0], plain[0])]
            wanted = [path for path in dict.fromkeys(drawn) if path not in hub.there]
            may = hub.allowed([*wanted, *plain])
            passed, refused = passed + len(may), refused + len({*wanted, *plain} - may)
            wrong = [f"{path!r}: {why}" for path, why in hub.unheld(may)]
            # A twin makes its other half odd, too, and one of a folder all that is in it.
            alone = [path for path in plain if not _has_twin(path, [*wanted, *hub.there])]
            wrong += [f"{path!r}: ordinary, and refused" for path in alone if path not in may]
            failures += [f"commit {number} of seed {seed}: {each}" for each in wrong]
    note = f"{passed:,} names let pass, {refused:,} refused"
    return Outcome(tries=tries, note=note, failures=tuple(failures))


class _Hub:
    """A bare repository with a small program, to which commits of any names are added."""

    def __init__(self, at: Path) -> None:
        self._commits = Commits(at / "hub.git")
        self._index = at / "index"
        self._commits.commit("main", folder.MINIMAL)
        self._repository = git.Repository(self._commits.folder)
        self._base = self._commits.git("rev-parse", "main")
        self._blob = _stored(self._commits.folder, "blob", b"x\n")
        self.there = frozenset(folder.MINIMAL)
        self._ids = {p: _stored(self._commits.folder, "blob", t.encode()) for p, t in _MINIMAL}

    def allowed(self, paths: list[str]) -> set[str]:
        """Those of the paths that the review of a commit with all of them lets pass."""
        head = self._commit(paths)
        pull_request = git.read_pull_request(self._repository, "main", head)
        found = reviews.review_pull_request(pull_request, "noor", 1, TODAY)
        return {each.change.path for each in found.changes if each.answer != "no"}

    def unheld(self, paths: set[str]) -> list[tuple[str, str]]:
        """The paths that some computer cannot hold beside what is there, and why."""
        everything = [*self.there, *sorted(paths)]
        taken: dict[str, str] = {}
        for part in dict.fromkeys(part for path in everything for part in _parts(path)):
            taken.setdefault(_key(part), part)
        clashes = [
            (path, f"clashes with {taken[_key(part)]!r}")
            for path in sorted(paths)
            for part in _parts(path)
            if taken[_key(part)] != part
        ]
        unwritten = [(path, why) for path in sorted(paths) if (why := _unwritten_rule(path))]
        return [*clashes, *unwritten, *self._refused_by_git(sorted(paths))]

    def _refused_by_git(self, paths: list[str]) -> list[tuple[str, str]]:
        """What Git does not take into an index where it guards all systems' names."""
        guards = ("-c", "core.protectNTFS=true", "-c", "core.protectHFS=true")
        lines = [f"100644 {self._blob}\t{path}".encode() + b"\0" for path in paths]
        command = ["git", "-C", str(self._commits.folder), *guards]
        environment = {**os.environ, "GIT_INDEX_FILE": str(self._index), "LC_ALL": "C"}
        self._index.unlink(missing_ok=True)
        run = subprocess.run(
            [*command, "update-index", "--add", "-z", "--index-info"],
            input=b"".join(lines),
            capture_output=True,
            check=False,
            env=environment,
        )
        said = run.stderr.decode(errors="replace").strip()
        return [("\n".join(paths), said)] if run.returncode or "nvalid path" in said else []

    def _commit(self, paths: list[str]) -> str:
        """A commit of these files beside the program's, written as no Git would write it."""
        tree: dict[str, Any] = {}
        at = self._commits.folder
        for path, id_ in [*self._ids.items(), *((path, self._blob) for path in paths)]:
            *above, name = path.split("/")
            here = tree
            for part in above:
                here = here.setdefault((part, "folder"), {})
            here[name, "file"] = id_
        who = "A <a@example.org> 1767225600 +0000"
        top = _tree(at, tree)
        text = f"tree {top}\nparent {self._base}\nauthor {who}\ncommitter {who}\n\nx\n"
        return _stored(at, "commit", text.encode())


_MINIMAL = tuple(folder.MINIMAL.items())


def _tree(at: Path, tree: dict[Any, Any]) -> str:
    entries = []
    for (name, kind), inside in tree.items():
        raw = name.encode()
        id_ = inside if kind == "file" else _tree(at, inside)
        mode = b"100644" if kind == "file" else b"40000"
        order = raw if kind == "file" else raw + b"/"
        entries.append((order, mode + b" " + raw + b"\0" + bytes.fromhex(id_)))
    return _stored(at, "tree", b"".join(entry for _, entry in sorted(entries)))


def _stored(at: Path, kind: str, data: bytes) -> str:
    whole = f"{kind} {len(data)}\0".encode() + data
    id_ = hashlib.sha1(whole, usedforsecurity=False).hexdigest()
    file = at / "objects" / id_[:2] / id_[2:]
    if not file.exists():
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(zlib.compress(whole, 1))
    return id_


def _ordinary(chance: random.Random, mark: str) -> str:
    """A name that nobody minds, and that no other try has."""
    word, ending = chance.choice(WORDS), chance.choice(ENDINGS)
    return f"{chance.choice(ABOVE)}{word} {mark}{ending}"


def _hostile(chance: random.Random) -> str:
    """A path of which one part is of the kinds that some computer cannot hold, or nearly."""
    word = chance.choice(WORDS)
    kinds = (
        lambda: _shouted(chance, chance.choice(DEVICES)) + chance.choice(("", ".md", " .md", ".")),
        lambda: _shouted(chance, chance.choice(GITS)),
        lambda: _sown(chance, _shouted(chance, chance.choice((".git", "con", word)))),
        lambda: word + chance.choice('<>:"|?*\\') + word,
        lambda: word + chance.choice((".", " ", "..", ". .")),
        lambda: f"{word[:6]}~{chance.randint(1, 12)}{chance.choice(('', '.md'))}",
        lambda: chance.choice("xé日😀") * chance.choice((60, 85, 86, 127, 128, 199, 255, 256, 300)),
        lambda: "/".join(["x" * chance.randint(1, 60)] * chance.choice((3, 5, 40))),
        lambda: chr(chance.choice((1, 9, 10, 13, 27, 127, 133, 0x2028, 0xE000))) + word,
        lambda: "".join(chr(chance.randint(33, 0x2FF)) for _ in range(4)).replace("/", "_"),
    )
    name = chance.choice(kinds)()
    inside = chance.choice(("", "", "/index.md"))
    return f"{chance.choice(ABOVE)}{name}{inside}"


def _shouted(chance: random.Random, text: str) -> str:
    return "".join(chance.choice((c, c, c.upper())) for c in text)


def _sown(chance: random.Random, text: str) -> str:
    at = chance.randint(0, len(text))
    return text[:at] + chance.choice(HIDDEN) + text[at:]


def _twin(chance: random.Random, path: str) -> str:
    """Another spelling of a path that some file system takes for the same."""
    above, slash, name = path.rpartition("/")
    return chance.choice(
        (
            above + slash + name.swapcase(),
            above.upper() + slash + name,
            unicodedata.normalize("NFD", path),
            f"{path}/inside.md",
            f"{path.swapcase()}/inside.md",
        )
    )


def _parts(path: str) -> list[str]:
    names = path.split("/")
    return ["/".join(names[: n + 1]) for n in range(len(names))]


def _key(path: str) -> str:
    """A path as the file systems of Windows and macOS compare it."""
    kept = "".join(c for c in path if unicodedata.category(c) != "Cf")
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", kept).casefold())


def _has_twin(path: str, others: list[str]) -> bool:
    spelled = {(_key(part), part) for other in others for part in _parts(other)}
    kinds = {_key(part): part for part in _parts(path)}
    is_both = any(path in _parts(other)[:-1] for other in others)
    return is_both or any(kinds.get(key, part) != part for key, part in spelled)


def _unwritten_rule(path: str) -> str:
    """Which of the three systems' written rules a path breaks."""
    if len(path.encode("utf-16-le")) // 2 + len(CLONED_INTO) > 259:
        return "Windows: longer than MAX_PATH in an ordinary folder"
    for name in path.split("/"):
        stem = name.split(".")[0].rstrip(" ").upper().translate(str.maketrans("¹²³", "123"))
        if any(ord(c) < 32 or c in '<>:"|?*\\' for c in name) or name.endswith((".", " ")):
            return "Windows: a character that no name may have, or not at its end"
        if stem in {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"}:
            return "Windows: a device"
        if stem[:-1] in {"COM", "LPT"} and stem[-1] in "123456789":
            return "Windows: a device"
        if len(name.encode()) > 255:
            return "Linux: more than 255 bytes"
        if len(unicodedata.normalize("NFD", name).encode("utf-16-le")) > 2 * 255:
            return "macOS: more than 255 units"
    return ""


ATTACK = Attack(name="uncloneable-names", command="fuzz", run=let_pass, few=25)
