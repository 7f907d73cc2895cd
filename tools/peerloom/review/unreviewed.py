"""The comments on a pull request that is not reviewed: why not, and what its author can do."""

from peerloom.review.comment import COMMENT_MARK
from peerloom.text.escaping.github import format_code


def comment_on_shared_commit(holder: int) -> str:
    """The comment on a pull request whose commit is reviewed as that of `holder`."""
    return _write_comment(
        f"Thank you. This waits: #{holder} has the very same commit, and had it first.",
        f"A commit has one status, which is about #{holder}; nothing is wrong with yours.",
        "- If you sent the same change twice, close this one.",
        "- If it is yours and the other is not, add one more commit to this branch, and it is "
        "reviewed at once as yours. An empty one will do: `git commit --allow-empty -m Mine`, then "
        "`git push`; in the browser, change a word of your file.",
        f"- Otherwise it is reviewed when #{holder} closes.",
    )


def comment_on_other_base(base: str, default: str) -> str:
    """The comment on a pull request to another branch than the default one."""
    return _write_comment(
        f"This goes to {format_code(base)}; only what goes to {format_code(default)} is reviewed.",
        "It has no status, and nothing merges it by itself.",
        f"**Next:** press 'Edit' beside the title, and choose {format_code(default)} as the base.",
    )


def comment_on_unrelated(branch: str) -> str:
    """The comment on a pull request that has no commit in common with the branch it is for."""
    return _write_comment(
        f"This cannot be merged: it shares no commit with {format_code(branch)}.",
        "So nobody can tell what it changes.",
        f"**Next:** make a new branch from {format_code(branch)}, put your change there, and open "
        "a pull request from it. In the browser, 'Add file' does all of that.",
    )


def _write_comment(what: str, why: str, *next_steps: str) -> str:
    return "\n".join([COMMENT_MARK, "", f"**{what}** {why}", "", *next_steps]) + "\n"
