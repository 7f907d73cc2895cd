"""Disks that are full, broken or not to be written to: nothing is half written, and it is said."""

import errno
import random
import resource
import tempfile
from pathlib import Path

import peerloom.changes
import peerloom.intake
import peerloom.matching.circles
import peerloom.matching.pair_files
import peerloom.matching.propose  # noqa: F401 - read once, here, and not by every child
from attacks.attack import Attack, Outcome
from attacks.disk import ANY, FULL, GROWING, Ended, failing_at, run, undisturbed
from attacks.programs import CHECK, Case, cases, left_behind, tree

_BROKEN = (errno.EIO, errno.EROFS, errno.EMFILE, errno.EACCES)
# One try in so many meets a limit of the system itself, on the size of a file.
_BY_A_LIMIT = 8


def fill_the_disk(tries: int, seed: int) -> Outcome:
    """Fails a random change to the disk, alone or with all that follow."""
    chance = random.Random(seed)
    failures: list[str] = []
    refused = 0
    with tempfile.TemporaryDirectory() as name:
        at = Path(name)
        cache = at / "cache"
        (at / "cases").mkdir()
        every = cases(at / "cases", cache)
        for number in range(tries):
            case = chance.choice(every)
            root = case.copy(at / "tried")
            is_full = chance.random() < 0.6
            code = chance.choice(FULL if is_full else _BROKEN)
            is_lasting = chance.random() < 0.7
            step = chance.randrange(case.changes)
            limits = {}
            if number % _BY_A_LIMIT == 0:
                limits = {resource.RLIMIT_FSIZE: chance.randrange(2000)}
                before, code, is_full = undisturbed, errno.EFBIG, True
            else:
                names = GROWING if is_full and is_lasting else ANY
                says_file = chance.random() < 0.5
                before = failing_at(step, code, names, is_lasting=is_lasting, says_file=says_file)
            ended = run(case.arguments(root), cache, before, limits)
            refused += ended.code == 1
            is_settled_at_once = is_full or not is_lasting
            wrongs = _wrong_words(ended)
            wrongs += _wrong_files(case, root, at / "tried", cache, ended, is_settled_at_once)
            if wrongs:
                what = f"{case.base.name!r}, {errno.errorcode[code]} at change {step}"
                lasting = " and all later" if is_lasting else ""
                failures.append(
                    f"{what}{lasting}, try {number} of seed {seed}: {'; '.join(wrongs)}"
                )
    return Outcome(tries=tries, note=f"{refused:,} runs refused", failures=tuple(failures))


def _wrong_words(ended: Ended) -> list[str]:
    wrongs = []
    if ended.code not in (0, 1) or "Traceback" in ended.said:
        wrongs.append(f"it ends with {ended.code}: {ended.said[-300:]!r}")
    if "None" in ended.said or (ended.code == 1 and not ended.said.strip()):
        wrongs.append(f"it says {ended.said[-200:]!r}")
    return wrongs


def _wrong_files(
    case: Case, root: Path, at: Path, cache: Path, ended: Ended, is_settled_at_once: bool
) -> list[str]:
    wrongs = []
    found = tree(root) if root.exists() else {}
    said_nothing = "nothing was written" in ended.said
    if is_settled_at_once and found != (case.before if ended.code else case.after):
        there = sum(found.get(path) == data for path, data in case.after.items())
        wrongs.append(
            f"it ends with {ended.code} and {there} of {len(case.after)} files are as meant"
        )
    if said_nothing and found != case.before and is_settled_at_once:
        wrongs.append("it says that nothing was written")
    root.mkdir(exist_ok=True)
    checked = run(["-C", str(root), *CHECK], cache, undisturbed)
    found = tree(root)
    if found not in (case.before, case.after):
        wrongs.append("the next run does not settle it")
    if checked.code != (0 if found else 1):
        wrongs.append(f"check ends with {checked.code}: {checked.said[-300:]!r}")
    if left := left_behind(at):
        wrongs.append(f"{len(left)} files are left behind, such as {left[0]}")
    return wrongs


ATTACK = Attack(name="full-disk", command="chaos", run=fill_the_disk, few=16)
