"""The paths that commands may write; no journal can make them write any other.

A journal may come with a copied folder. If it could name any file, it could plant a Git hook, a
workflow or a page.
"""

import re

from peerloom.kinds import KINDS

# The name of one file or folder; it is never '.' or '..'.
_NAME = r"(?!\.\.?(?:/|$))[^/\\\x00-\x1f\x7f]+"
# Only people write Markdown.
_RECORD_FILE = re.compile(
    "|".join(kind.path_pattern(_NAME, _NAME) for kind in KINDS if not kind.is_markdown)
)
# What is made from the program. CODEOWNERS runs nothing; who may merge, GitHub asks of a branch.
_MADE_FILE = re.compile(r"\.github/(?:ISSUE_TEMPLATE/[a-z-]+\.yml|CODEOWNERS)")
# Further files of a new program. A journal can have these deleted if they still have the text that
# was written, but it can never have them written.
_PLAIN_NAME = r"(?!\.\.?(?:/|$))[A-Za-z0-9._-]+"
_NEW_PROGRAM_FILE = re.compile(
    rf"(?!(?i:\.git)$){_PLAIN_NAME}"
    rf"|\.github/(?:{_PLAIN_NAME}/)?{_PLAIN_NAME}"
    rf"|\.(?:peerloom|devcontainer|vscode)/{_PLAIN_NAME}"
    rf"|content/{_PLAIN_NAME}/(?:{_PLAIN_NAME}/)?{_PLAIN_NAME}"
)


def may_be_written(path: str) -> bool:
    """Whether a command may write this file in an existing program."""
    return bool(_RECORD_FILE.fullmatch(path) or _MADE_FILE.fullmatch(path))


def belongs_to_new_program(path: str) -> bool:
    """Whether this is one of the files that a new program begins with."""
    return may_be_written(path) or bool(_NEW_PROGRAM_FILE.fullmatch(path))
