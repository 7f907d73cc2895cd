"""The wheel: what somebody installs holds all that the command needs."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Whichever of them runs makes the wheel.
pytestmark = pytest.mark.xdist_group("wheel")


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package alone, from its wheel; what it builds on comes from the tests' environment."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    sources = folder / "sources"
    shutil.copytree(
        ROOT, sources, ignore=shutil.ignore_patterns(".venv", "site", ".git", ".*_cache", "content")
    )
    # Folders called `site` are left out above, and the package has one.
    shutil.copytree(ROOT / "tools", sources / "tools", dirs_exist_ok=True)
    build = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(folder)]
    subprocess.run([*pip, *build, str(sources)], check=True)
    (wheel,) = folder.glob("peerloom-*.whl")
    subprocess.run(
        [*pip, "install", "--no-deps", "--target", str(folder / "lib"), str(wheel)], check=True
    )
    return folder / "lib"


def _peerloom(installed: Path, program: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "peerloom", "-C", str(program), *arguments],
        capture_output=True,
        text=True,
        check=False,
        cwd=program,
        env=os.environ | {"PYTHONPATH": str(installed)},
    )


def test_the_installed_command_works_on_a_program_elsewhere(
    installed: Path, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    run = _peerloom(installed, tmp_path, "check", "--today", "2026-11-24")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.endswith("files checked, nothing to fix\n")
    run = _peerloom(installed, tmp_path, "build", "--today", "2026-11-24")
    assert run.returncode == 0, run.stderr
    assert (tmp_path / "site/assets/peerloom.css").exists()


def test_the_wheel_carries_schemas_and_templates(installed: Path) -> None:
    package = installed / "peerloom"
    assert {p.name for p in (ROOT / "schemas").iterdir()} == {
        p.name for p in (package / "schemas").iterdir()
    }
    new = ROOT / "tools/peerloom/templates/new"
    beginnings = {file.relative_to(new) for file in new.rglob("*.j2")}
    assert {p.relative_to(package / "templates/new") for p in package.rglob("new/**/*.j2")} == (
        beginnings
    )
    assert (package / "workflows/check-ins.yml").exists()
    assert (package / "py.typed").exists()
