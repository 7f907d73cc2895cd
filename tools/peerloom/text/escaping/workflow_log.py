"""Text in the log of a workflow, where GitHub's runner takes some lines for commands.

It acts on a line that begins with `::`, blanks before it or not, and on `##[` wherever it stands in
a line.
"""

import re

from peerloom.text.escaping.terminal import for_terminal, printable


def for_log(text: str) -> str:
    """Lines of text as `for_terminal` writes them, none of which is a command."""
    lines = for_terminal(text).replace("##[", "# #[").split("\n")
    return "\n".join(re.sub("^( *):(?=:)", r"\1: ", line) for line in lines)


# GitHub's runner decodes exactly these in a command's data and properties. Its older kind of
# command is looked for anywhere in a line, and has no place in one of ours.
def escape_command_data(text: str) -> str:
    """A text as the message of a command, which it can neither end nor begin another of."""
    return text.replace("##[", "# #[").replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def escape_command_property(text: str) -> str:
    """A text on one line as a property of a command: a file, or a title."""
    return re.sub("[:,]", lambda m: f"%{ord(m[0]):02X}", escape_command_data(printable(text)))
