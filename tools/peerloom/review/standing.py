"""What is said on a pull request that is not judged: why not, and what its author can do."""

from peerloom.review.comment import MARKER
from peerloom.text.escaping.github import format_code


def as_second(first: int) -> str:
    """The comment on one whose commit another had first."""
    return _comment(
        f"Thank you. This waits: #{first} has the very same commit, and had it first.",
        f"A commit has one status, which speaks of #{first}; nothing is wrong with yours.",
        "- If you sent the same change twice, close this one.",
        "- If it is yours and the other is not, add one more commit to this branch, and it is read "
        "at once as yours. An empty one will do: `git commit --allow-empty -m Mine`, then "
        "`git push`; in the browser, change a word of your file.",
        f"- Else it is read when #{first} closes.",
    )


def as_elsewhere(base: str, default: str) -> str:
    """The comment on one to another branch than the default one."""
    return _comment(
        f"This goes to {format_code(base)}; only what goes to {format_code(default)} is read here.",
        "It has no status, and nothing merges it by itself.",
        f"**Next:** press 'Edit' beside the title, and choose {format_code(default)} as the base.",
    )


def as_unrelated(branch: str) -> str:
    """The comment on one that has no commit in common with the branch it is for."""
    return _comment(
        f"This cannot be merged: it shares no commit with {format_code(branch)}.",
        "So nobody can tell what it changes.",
        f"**Next:** make a new branch from {format_code(branch)}, put your change there, and open "
        "a pull request from it. In the browser, 'Add file' does all of that.",
    )


def _comment(what: str, why: str, *next_: str) -> str:
    return "\n".join([MARKER, "", f"**{what}** {why}", "", *next_]) + "\n"
