"""The error that keeps a change from being written."""


class CannotWrite(Exception):  # noqa: N818 - it reads as the sentence it is
    """A change cannot be written; the message says why, what is written, and what to do."""
