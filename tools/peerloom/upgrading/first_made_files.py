"""What version 0.1.0 made from a program, before such files had a mark with a digest of their text.

The texts are those of that version, and do not follow what is made today.
"""

import re

_FORM = re.compile(
    r"# Made by 'peerloom forms' from the schemas and content/program\.yml; not to be edited\.\n"
)
_CODE_OWNERS = re.compile(
    r"# Who is asked to look at changes to what runs the program: all but the words of its\n"
    r"# people\. The last line that fits a file decides; one that names nobody asks nobody\.\n"
    r"\* (?P<owners>[^\n]*)\n"
    r"/content/\n"
    r"\.\* (?P=owners)\n"
    r"/content/\*\*/\.gitkeep\n"
)


def is_first_made_file(text: str) -> bool:
    """Whether version 0.1.0 made this issue form, or this CODEOWNERS.

    Of a form, its first line says so. It also said that the form is not to be edited, and that
    version wrote over whatever stood below.
    """
    return bool(_FORM.match(text) or _CODE_OWNERS.fullmatch(text))
