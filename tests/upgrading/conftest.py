"""Makes the wheel once for all upgrades of the tests, because it is the same each time."""

from collections.abc import Iterator

import pytest

from peerloom.toolbox import toolbox_files
from peerloom.toolbox.installed_files import read_installed_files


@pytest.fixture(scope="session", autouse=True)
def _same_wheel() -> Iterator[None]:
    files = read_installed_files()
    with pytest.MonkeyPatch.context() as patch:
        module = __import__(toolbox_files.__module__, fromlist=["read_installed_files"])
        patch.setattr(module, "read_installed_files", lambda: files)
        yield
