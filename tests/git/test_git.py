"""Git is run in one module, and nothing that decides runs it or reaches the network."""

import ast
import tomllib
from pathlib import Path

import pytest

from peerloom import git

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "tools/peerloom"
# Modules that start another program. Only the first starts Git; the second starts Python once more
# for git-filter-repo, which changes a clone that was made for it; the third starts the site engine,
# and the fourth the build backend of Peerloom's own source.
STARTING_PROGRAMS = {
    *("git/run.py", "git/rewriting.py"),
    *("site/zensical.py", "toolbox/installed_files.py"),
}
STARTING = {"subprocess", "pty", "multiprocessing", "dulwich", "pygit2"}
STARTING_WITH_OS = ("system", "popen", "exec", "spawn", "posix_spawn")


def find_imports(tree: ast.AST) -> set[str]:
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    names |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    return {name.partition(".")[0] for name in names}


def find_os_calls(tree: ast.AST) -> set[str]:
    return {
        n.attr
        for n in ast.walk(tree)
        if isinstance(n, ast.Attribute) and isinstance(n.value, ast.Name) and n.value.id == "os"
        if n.attr.startswith(STARTING_WITH_OS)
    }


def find_commands(tree: ast.AST) -> set[str]:
    """The first word of each list or tuple that begins with a word, as a command does."""
    lists = [n.elts for n in ast.walk(tree) if isinstance(n, (ast.List, ast.Tuple)) and n.elts]
    return {e[0].value for e in lists if isinstance(e[0], ast.Constant)}


def test_programs_are_started_by_four_modules_and_git_by_one() -> None:
    trees = {
        path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text("utf-8"))
        for path in PACKAGE.rglob("*.py")
    }
    starting = {n for n, t in trees.items() if find_imports(t) & STARTING or find_os_calls(t)}
    assert starting == STARTING_PROGRAMS
    assert {name for name in starting if "git" in find_commands(trees[name])} == {"git/run.py"}


def test_git_stands_beside_github_above_all_that_decides() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    (contract,) = settings["tool"]["importlinter"]["contracts"]
    layers = [layer.split(" : ") for layer in contract["layers"]]
    (beside,) = (number for number, names in enumerate(layers) if {"git", "github"} <= {*names})
    assert beside < layers.index(["review"])
    assert beside < layers.index(["arrival_days"])


def test_a_folder_that_is_no_repository_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(git.GitError, match="must be a Git repository; git could not read"):
        git.Repository(tmp_path)
