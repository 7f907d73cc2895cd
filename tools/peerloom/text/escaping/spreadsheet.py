"""Cells of a table that is opened with a spreadsheet: none of them is a formula."""

# What a cell begins with that a spreadsheet takes for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def escape_cell(text: str) -> str:
    """A text that a spreadsheet shows as it is, with a leading apostrophe where it needs one."""
    return f"'{text}" if text.startswith(_FORMULA) else text
