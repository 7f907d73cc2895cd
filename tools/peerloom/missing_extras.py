"""Packages that only some commands need, and what to do where one of them is not installed."""

# The extra of pyproject.toml that has a package, by the name under which it is imported. GitHub's
# client comes before all else that commands about GitHub import, so that it is what they lack.
_EXTRA_BY_PACKAGE = {
    "github": "github",
    "numpy": "match",
    "openpyxl": "sheets",
    "ortools": "match",
    "rapidfuzz": "sheets",
    "requests": "github",
    "zensical": "zensical",
}
_PURPOSES = {
    "github": "talks to GitHub",
    "match": "computes matches",
    "sheets": "reads sign-up sheets",
    "zensical": "builds with Zensical",
}


def explain_missing_package(module: str) -> str | None:
    """Return what to install where this module cannot be imported; None if it is no extra's.

    `module` is a dotted name, as `ModuleNotFoundError` has it.
    """
    extra = _EXTRA_BY_PACKAGE.get(module.partition(".")[0])
    return None if extra is None else explain_missing_extra(extra)


def explain_missing_extra(extra: str) -> str:
    """Return that a command needs this extra, and both ways of installing it."""
    return (
        f"this command {_PURPOSES[extra]}, and what it needs for that is not installed\n"
        f'  help: run: pip install "peerloom[{extra}]"\n'
        "  or, in the folder of a program, everything as it was locked: python -m pip install "
        "--require-hashes --only-binary :all: --requirement .peerloom/requirements.txt"
    )
