"""What paths lead to in commits, and how two commits differ, as Git tells it."""

from dataclasses import dataclass

_LINK, _SUBMODULE = "120000", "160000"


@dataclass(frozen=True, slots=True)
class TreeEntry:
    """What a path leads to in a commit: Git's mode and the object's id."""

    mode: str
    id: str

    @property
    def is_link(self) -> bool:
        """Whether it is a symbolic link."""
        return self.mode == _LINK

    @property
    def is_submodule(self) -> bool:
        """Whether it is another repository."""
        return self.mode == _SUBMODULE

    @property
    def is_file(self) -> bool:
        """Whether it is neither of the two."""
        return not self.is_link and not self.is_submodule


@dataclass(frozen=True, slots=True, kw_only=True)
class PathDifference:
    """A path that differs between two commits; `moved_from` where Git takes it for a rename."""

    path: str
    old: TreeEntry | None
    new: TreeEntry | None
    moved_from: str | None = None
