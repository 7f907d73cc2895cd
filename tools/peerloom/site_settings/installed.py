"""Which plugins, themes and extensions are installed, from what packages say of themselves.

Their names are read from the packages' metadata, so that nothing of them is imported or run.
"""

from functools import cache
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path

# They come with what Peerloom needs itself; looking for others takes longer.
USUAL_PLUGINS = frozenset({"search", "peerloom"})
USUAL_THEMES = frozenset({"mkdocs", "readthedocs", "material"})


def list_plugins(theme: str | None) -> frozenset[str]:
    """Return the names under which plugins can be listed; a theme's own need no prefix."""
    names = {point.name for point in entry_points(group="mkdocs.plugins")}
    own = {name.removeprefix(f"{theme}/") for name in names if name.startswith(f"{theme}/")}
    return frozenset(names | own)


def list_themes() -> frozenset[str]:
    """Return the names of the themes."""
    return frozenset(point.name for point in entry_points(group="mkdocs.themes"))


@cache
def list_extensions() -> frozenset[str]:
    """Return the short names of the extensions of Python-Markdown."""
    return frozenset(point.name for point in entry_points(group="markdown.extensions"))


def is_extension(name: str) -> bool:
    """Whether an extension of Markdown is installed, as far as can be told without importing it.

    Beside the short names, any module is one, which is looked for in its outermost package.
    """
    if name in list_extensions():
        return True
    package, *inner = name.partition(":")[0].split(".")
    try:
        spec = find_spec(package) if package else None
    except (ValueError, ImportError):
        return False
    if spec is None or not inner:
        return spec is not None
    places = [Path(each).joinpath(*inner) for each in spec.submodule_search_locations or ()]
    return any(each.is_dir() or any(each.parent.glob(f"{each.name}.*")) for each in places)


def find_theme_folder(name: str) -> Path | None:
    """Return the folder of an installed theme's files."""
    found: EntryPoint | None = next(iter(entry_points(group="mkdocs.themes", name=name)), None)
    if found is None or found.dist is None:
        return None
    return Path(str(found.dist.locate_file(found.value.replace(".", "/"))))
