"""Of each version that was released, a program is kept as that version wrote it."""

from pathlib import Path

import pytest
from packaging.version import Version

from peerloom import __version__
from peerloom.upgrading import read_program_version
from peerloom.upgrading.releases import list_releases, release_versions
from releases.frozen import list_frozen, unpack_frozen

HOW = "run 'PYTHONPATH=tests python -m releases VERSION' with that version, and commit the file"


def test_no_version_is_released_without_a_frozen_program_of_it() -> None:
    installed = Version(__version__)
    released = {v for v in release_versions() if Version(v) <= installed}
    assert released <= {*list_frozen()}, HOW


@pytest.mark.parametrize("name", list_frozen())
def test_a_frozen_program_is_of_the_version_by_which_it_is_called(
    name: str, tmp_path: Path
) -> None:
    assert read_program_version(unpack_frozen(name, tmp_path)) == name.partition("-")[0]


def test_what_is_new_is_listed_for_each_version_up_to_the_one_that_is_made() -> None:
    versions = [Version(version) for version in release_versions()]
    assert versions == sorted({*versions})
    assert str(versions[-1]) == Version(__version__).base_version
    for release in list_releases()[1:]:
        assert release.news
        assert all(sentence.endswith(".") for sentence in release.news)
