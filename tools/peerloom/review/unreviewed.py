"""The comments on a pull request that is not reviewed: why not, and what its author can do."""

from peerloom.review.comment import COMMENT_MARK
from peerloom.text.escaping.github import format_code
from peerloom.text.translation import gettext as _


def comment_on_shared_commit(holder: int) -> str:
    """The comment on a pull request whose commit is reviewed as that of `holder`."""
    return _write_comment(
        _("Thank you. This waits: #{number} has the very same commit, and had it first.").format(
            number=holder
        ),
        _("A commit has one status, which is about #{number}; nothing is wrong with yours.").format(
            number=holder
        ),
        _("- If you sent the same change twice, close this one."),
        _(
            "- If it is yours and the other is not, add one more commit to this branch, and it is "
            "reviewed at once as yours. An empty one will do: "
            "`git commit --allow-empty -m Mine`, then "
            "`git push`; in the browser, change a word of your file."
        ),
        _("- Otherwise it is reviewed when #{number} closes.").format(number=holder),
    )


def comment_on_other_base(base: str, default: str) -> str:
    """The comment on a pull request to another branch than the default one."""
    what = _("This goes to {branch}; only what goes to {default} is reviewed.")
    next_step = _("**Next:** press 'Edit' beside the title, and choose {default} as the base.")
    return _write_comment(
        what.format(branch=format_code(base), default=format_code(default)),
        _("It has no status, and nothing merges it by itself."),
        next_step.format(default=format_code(default)),
    )


def comment_on_unrelated(branch: str) -> str:
    """The comment on a pull request that has no commit in common with the branch it is for."""
    what = _("This cannot be merged: it shares no commit with {branch}.")
    next_step = _(
        "**Next:** make a new branch from {branch}, put your change there, and open "
        "a pull request from it. In the browser, 'Add file' does all of that."
    )
    return _write_comment(
        what.format(branch=format_code(branch)),
        _("So nobody can tell what it changes."),
        next_step.format(branch=format_code(branch)),
    )


def _write_comment(what: str, why: str, *next_steps: str) -> str:
    return "\n".join([COMMENT_MARK, "", f"**{what}** {why}", "", *next_steps]) + "\n"
