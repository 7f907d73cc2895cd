"""What keeps a change from being written."""


class CannotWrite(Exception):  # noqa: N818 - it reads as the sentence it is
    """The message says why, whether anything was written, and what to do."""
