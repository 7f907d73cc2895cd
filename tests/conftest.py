"""Options and fixtures that several tests share."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from program_on_github import HOME
from stand_in import StandIn

# Six real cohorts, which are not part of the repository; a folder beside it holds them.
REAL_COHORTS = Path(__file__).parents[2] / "shared/data/ols"
_LONGEST_GROUPS = ("checkout", "new program", "cohort-on-github")
_NUMBERS = itertools.count()

# Examples drawn from a fixed seed: what CI sees, a developer sees too.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="take new output for golden")
    parser.addoption("--tries", type=int, default=600, help="how many spoiled records to try")
    parser.addoption("--pairs", type=int, default=16, help="how many live through a cohort")
    parser.addoption("--round", type=int, help="repeat only this round of spoiled records")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the groups, the longest first, so that no worker is alone with one at the end.

    The tests of the real cohorts are left out where their sheets are not there.
    """
    items.sort(key=_find_place)
    if REAL_COHORTS.is_dir():
        return
    left_out = [item for item in items if item.get_closest_marker("real_cohorts")]
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


def _find_place(item: pytest.Item) -> int:
    marker = item.get_closest_marker("xdist_group")
    if marker is None:
        return len(_LONGEST_GROUPS) + 1
    is_long = marker.args[0] in _LONGEST_GROUPS
    return _LONGEST_GROUPS.index(marker.args[0]) if is_long else len(_LONGEST_GROUPS)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not REAL_COHORTS.is_dir():
        terminalreporter.write_line(
            "left out: tests marked real_cohorts (test_import_real.py), "
            "because no sheets of real cohorts lie in ../shared/data/ols"
        )
    skipped = [report.longrepr[2] for report in terminalreporter.stats.get("skipped", [])]
    for reason in dict.fromkeys(skipped):
        terminalreporter.write_line(reason.removeprefix("Skipped: "))


@pytest.fixture(autouse=True)
def _no_workflow_runs_this(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where one does: what it would be told, a test says."""
    monkeypatch.delenv("GITHUB_OUTPUT", raising=False)


@pytest.fixture(autouse=True)
def _cache_of_its_own(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that is made when something is kept in it.

    It is none of `tmp_path`'s, which looks through those of all earlier tests for a free name.
    """
    home = tmp_path_factory.getbasetemp() / "caches" / str(next(_NUMBERS))
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    # What is printed in Actions is for others than what a coordinator sees at home.
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandIn]:
    """The stand-in for GitHub with the program's repository, as a workflow's environment has it.

    What a command would wait for GitHub is in `hub.slept`, and takes no time.
    """
    with StandIn(HOME) as hub:
        monkeypatch.setattr("time.sleep", hub.slept.append)
        for key, value in hub.environment.items():
            monkeypatch.setenv(key, value)
        yield hub


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """Compares a text with the file of that name under `tests/golden`, byte for byte."""

    def compare(name: str, text: str) -> None:
        file = Path(__file__).parent / "golden" / name
        if request.config.getoption("--bless"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="")
        known = file.read_bytes().decode() if file.exists() else ""
        assert text == known, f"{file} differs; if the new text is right, run: make bless"

    return compare
