"""The name of a sheet, as somebody types it."""

from pathlib import Path
from typing import Any

import click

from peerloom.cli.options import AbsolutePath

# How many sheets are named at most.
_NAMED = 5


class SheetPath(AbsolutePath):
    """The path of a sheet that is there; for any other, the sheets in its folder are named."""

    def __init__(self) -> None:
        super().__init__(exists=True, dir_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the absolute path, without symbolic links."""
        from peerloom.diagnostic import quoted

        path = Path(value)
        if not _is_there(path):
            where = quoted(str(path.parent)) if path.parent != Path() else "this folder"
            sheets = _list_sheets(path.parent)
            known = ", ".join(quoted(name) for name in sheets[:_NAMED]) or "none"
            self.fail(
                f"there is no file {quoted(str(value))}; the sheets in {where} are: {known}",
                param,
                ctx,
            )
        return super().convert(value, param, ctx)


def _is_there(path: Path) -> bool:
    try:
        # The empty name is that of a folder, and no sheet.
        return path != Path() and path.exists()
    except (OSError, ValueError):
        return False


def _list_sheets(folder: Path) -> list[str]:
    from peerloom.filenames import is_sheet

    try:
        return sorted(entry.name for entry in folder.iterdir() if is_sheet(entry.name))
    except (OSError, ValueError):
        return []
