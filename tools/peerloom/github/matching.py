"""Matches made a pull request, in which a person reads what needs reading before it is merged.

Everything is looked for before it is made, so that a run that dies is gone on with by the next. A
commit says which proposal it holds and which files it leads to: what says neither is a person's.
"""

import hashlib
from dataclasses import replace
from datetime import date
from typing import Any

from peerloom.github import branches
from peerloom.github.branches import MATCH, Desk
from peerloom.github.posting import post
from peerloom.matching.output import ProposalView
from peerloom.matching.pair_files import PairFiles, make_pair_files
from peerloom.matching.proposal import Proposal
from peerloom.review import Judged, Label, Review, review, with_texts
from peerloom.review import Proposal as PullRequest
from peerloom.review import as_markdown as as_comment
from peerloom.review.policy import strictest
from peerloom.review.proposal import Change
from peerloom.review.reviewing import Verdict
from peerloom.text.escaping.github import disarm_text
from peerloom.text.phrases import count_noun

_PROPOSAL = "Peerloom-Proposal: "
# The same proposal is the same on every day.
_ANY_DAY = date(2000, 1, 1)


class Stopped(Exception):  # noqa: N818 - it reads as the sentence it is
    """Nothing was proposed; the message says why, and what to do."""


def submit_matches(at: Desk, proposal: Proposal, starter: tuple[str, int] | None = None) -> str:
    """What became of a proposal for the desk's program, in a few words without a name.

    `starter` are login and number of who asked for it; the account that writes, where nobody is
    said. Raises `Stopped` or `Unreached`.
    """
    made, branch = _made(at, proposal, at.today), f"{MATCH}{proposal.applicants.cohort.id}"
    if not made.changes and not made.deleted:
        there = _open(branches.pull_requests(at, branch))
        left = f"; pull request #{there['number']} is left as it is" if there else ""
        return f"there is nothing new to propose{left}"
    login, number = starter or (at.account[1], at.account[0])
    said = _reviewed(at, made, login, number)
    commit = _commit(at, proposal, branch, made, said)
    pull_request = _pull_request(at, proposal, branch)
    reviewed = replace(said, head=commit)
    post(
        reviewed,
        as_comment(reviewed),
        at.hub,
        at.repository,
        pull_request,
        account=at.account[0],
        merge=at.merge,
        received=None,  # nobody answers here
    )
    back = f" and takes {len(made.deleted)} back" if made.deleted else ""
    many = count_noun(len(made.changes), "pair")
    return f"pull request #{pull_request} proposes {many}{back}: {said.verdict}"


# What a proposal changes.


def _made(at: Desk, proposal: Proposal, day: date) -> PairFiles:
    """The files of a proposal, without what is there already but for the day it was made."""
    there = at.drafted.before.files
    days = {pair.match.on for pair in proposal.earlier if pair.match and pair.match.on}
    stands = {
        path
        for earlier in days
        for path, text in make_pair_files(proposal, earlier).changes.items()
        if there.get(path) == text.encode()
    }
    made = make_pair_files(proposal, day)
    changes = {path: text for path, text in made.changes.items() if path not in stands}
    return PairFiles(changes, tuple(path for path in made.deleted if path in there))


def _digest(at: Desk, proposal: Proposal) -> str:
    """What becomes of what: where a file that it touches is another on main, it is another."""
    there, made = at.drafted.before.files, _made(at, proposal, _ANY_DAY)
    new = made.changes | dict.fromkeys(made.deleted, "")
    together = hashlib.sha256()
    for path, text in sorted(new.items()):
        together.update(b"\0".join([path.encode(), there.get(path, b""), text.encode(), b""]))
    return together.hexdigest()[:40]


# What is said of it.


def _reviewed(at: Desk, made: PairFiles, login: str, number: int) -> Review:
    """The review of a proposal; whoever had it made, it is for a coordinator to say yes.

    What it holds is the program's and not theirs: that it is not theirs to change is no
    reason against it.
    """
    said = review(_as_pull_request(at, made), login, number, at.today, at.loaded)
    if said.author.role == "coordinator":
        return said
    judged = tuple(_left_to_others(each) for each in said.changes)
    answer = strictest(tuple(each.answer for each in judged))
    verdict: Verdict = "needs a coordinator"
    if answer == "no":
        verdict = "not allowed"
    elif any(found.severity == "error" for found in said.diagnostics):
        verdict = "has mistakes"
    label: Label = "for a maintainer" if answer == "a maintainer decides" else "needs a coordinator"
    return replace(said, changes=judged, answer=answer, verdict=verdict, labels=(label,))


def _left_to_others(judged: Judged) -> Judged:
    """A change as a coordinator would be answered, who has to be asked."""
    answer = strictest(("a coordinator decides", *(rule.coordinator for rule in judged.rules)))
    return replace(judged, answer=answer)


def _as_pull_request(at: Desk, made: PairFiles) -> PullRequest:
    proposed = with_texts(at.drafted, made.changes)
    there, left = at.drafted.before.files, dict(proposed.after.files)
    gone = [Change(path=path, manner="delete", before=there[path]) for path in made.deleted]
    for path in made.deleted:
        del left[path]
    return replace(
        proposed,
        after=replace(proposed.after, files=left),
        changes=tuple(sorted((*proposed.changes, *gone), key=lambda change: change.path)),
    )


# Commit and pull request.


def _commit(at: Desk, proposal: Proposal, branch: str, made: PairFiles, said: Review) -> str:
    """The proposal's commit on its branch. Raises `Stopped`."""
    newest = branches.newest(at, branch)
    digest = f"{_PROPOSAL}{_digest(at, proposal)}"
    if newest is not None and not _is_merged(at, branch, newest["sha"]):
        if not branches.is_sealed(newest):
            raise Stopped(
                f"somebody has changed the branch '{branch}' by hand, and it is left as it is: "
                "merge its pull request, or delete the branch, and run this again"
            )
        if digest in newest["message"].splitlines():
            return str(newest["sha"])
    _must_be_newest(at)
    folder = branches.folder_with(at, made.changes, made.deleted)
    message = branches.sealed(f"{_title(proposal)}\n\n{digest}", folder)
    author = disarm_text(said.name or said.author.login)
    account = (said.author.number, said.author.login)
    sha = branches.commit(at, folder, message, author, account, at.today)
    branches.lead(at, branch, sha, is_there=newest is not None)
    return sha


def _is_merged(at: Desk, branch: str, sha: str) -> bool:
    """Whether a branch was merged as it is: what is on it has then come to where it was for."""
    found = branches.pull_requests(at, branch)
    return any(p["merged_at"] and p["head"]["sha"] == sha for p in found)


def _must_be_newest(at: Desk) -> None:
    """What is not on GitHub's main yet would come into the pull request, too."""
    main = at.program.settings.branch
    if branches.branches(at, main).get(main) != at.drafted.base:
        raise Stopped(
            f"what is here must be the newest of '{main}' on GitHub: fetch it, and run this again"
        )


def _pull_request(at: Desk, proposal: Proposal, branch: str) -> int:
    """The open one of a branch with the proposal's text, opened where there is none."""
    text = ProposalView(proposal).as_markdown()
    title = _title(proposal)
    marker = hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()[:40]
    body = f"<!-- peerloom matches {marker} -->\n{text}"
    found = branches.pull_request(
        at, branch, title, body, lambda: _open(branches.pull_requests(at, branch))
    )
    number = int(found["number"])
    # By its marker: what a person has added to the text stays as long as it would be the same.
    if marker not in (found["body"] or ""):
        at.hub.ask("PATCH", f"{at.path}/pulls/{number}", {"title": title, "body": body})
    return number


def _open(found: list[dict[str, Any]]) -> dict[str, Any] | None:
    return next((p for p in found if p["state"] == "open"), None)


def _title(proposal: Proposal) -> str:
    return branches.title(f"Matches for {disarm_text(proposal.applicants.cohort.name)}")
