"""What keeps a toolbox from being made."""


class CannotMakeWheel(Exception):  # noqa: N818 - it reads as the sentence it is
    """Peerloom is not installed such that a wheel can be made of it; the message says why."""
