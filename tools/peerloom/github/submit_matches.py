"""Puts proposed matches into a pull request, where a person reads them before they are merged.

Everything is looked for before it is made, so that a run that dies is continued by the next. A
commit says which proposal it holds and to which tree it leads; a commit that says neither is a
person's.
"""

import hashlib
from dataclasses import replace
from datetime import date

from peerloom.github.attribution import is_sealed, seal_message
from peerloom.github.client import Account
from peerloom.github.post_review import post_review
from peerloom.github.publisher import Publisher, shorten_title
from peerloom.github_names import MATCH_BRANCH_PREFIX
from peerloom.matching.output import ProposalView
from peerloom.matching.pair_files import PairFiles, make_pair_files
from peerloom.matching.proposal import Proposal
from peerloom.review import (
    PullRequest,
    Review,
    ask_a_coordinator,
    review_as_markdown,
    review_pull_request,
    with_texts,
)
from peerloom.review.pull_request import Change
from peerloom.text.escaping.github import disarm_text
from peerloom.text.phrases import count_noun

_PROPOSAL_LINE = "Peerloom-Proposal: "
# Files carry the day of a proposal; its digest is made with this one, to be the same on every day.
_FIXED_DAY = date(2000, 1, 1)


class NothingProposedError(Exception):
    """Nothing was proposed; the message says why, and what to do."""


def submit_matches(publisher: Publisher, proposal: Proposal, starter: Account | None = None) -> str:
    """Publish a proposal, and say what became of it in a few words without a name.

    `starter` is the account that asked for it, without one the account that writes. Raises
    `NothingProposedError` or `GitHubError`.
    """
    files = _list_new_files(publisher, proposal, publisher.today)
    branch = f"{MATCH_BRANCH_PREFIX}{proposal.applicants.cohort.id}"
    if not files.changes and not files.deleted:
        found = publisher.find_open_pull_request(branch)
        left = f"; pull request #{found['number']} is left as it is" if found else ""
        return f"there is nothing new to propose{left}"
    review = _review_files(publisher, files, starter or publisher.account)
    commit = _ensure_commit(publisher, proposal, branch, files, review)
    number = _ensure_pull_request(publisher, proposal, branch)
    review = replace(review, head=commit)
    post_review(
        review,
        review_as_markdown(review),
        publisher.client,
        publisher.repository,
        number,
        account=publisher.account,
        merge=publisher.merge,
        received=None,  # a proposal holds no check-ins
    )
    removed = f" and withdraws {len(files.deleted)}" if files.deleted else ""
    pairs = count_noun(len(files.changes), "pair")
    return f"pull request #{number} proposes {pairs}{removed}: {review.verdict}"


# What a proposal changes.


def _list_new_files(publisher: Publisher, proposal: Proposal, day: date) -> PairFiles:
    """The files of a proposal, without those that differ from the base only in their day."""
    days = {pair.match.on for pair in proposal.earlier if pair.match and pair.match.on}
    unchanged = {
        path
        for earlier in days
        for path, text in make_pair_files(proposal, earlier).changes.items()
        if publisher.read_file(path) == text.encode()
    }
    files = make_pair_files(proposal, day)
    changes = {path: text for path, text in files.changes.items() if path not in unchanged}
    deleted = (path for path in files.deleted if publisher.read_file(path) is not None)
    return PairFiles(changes, tuple(deleted))


def _digest_proposal(publisher: Publisher, proposal: Proposal) -> str:
    """Digest of the change: same files before and after, same digest."""
    files = _list_new_files(publisher, proposal, _FIXED_DAY)
    texts = files.changes | dict.fromkeys(files.deleted, "")
    digest = hashlib.sha256()
    for path, text in sorted(texts.items()):
        before = publisher.read_file(path) or b""
        digest.update(b"\0".join([path.encode(), before, text.encode(), b""]))
    return digest.hexdigest()[:40]


# What the review says about it.


def _review_files(publisher: Publisher, files: PairFiles, starter: Account) -> Review:
    """The review of a proposal, for which a coordinator is asked whoever had it made."""
    pull_request = _make_pull_request(publisher.unchanged, files)
    return ask_a_coordinator(
        review_pull_request(
            pull_request, starter.login, starter.number, publisher.today, publisher.loaded
        )
    )


def _make_pull_request(unchanged: PullRequest, files: PairFiles) -> PullRequest:
    """The pull request that these files make of one that changes nothing."""
    pull_request = with_texts(unchanged, files.changes)
    before, after = unchanged.before.files, dict(pull_request.after.files)
    deletions = [Change(path=p, manner="delete", before=before[p]) for p in files.deleted]
    for path in files.deleted:
        del after[path]
    changes = sorted((*pull_request.changes, *deletions), key=lambda change: change.path)
    return replace(
        pull_request, after=replace(pull_request.after, files=after), changes=tuple(changes)
    )


# Commit and pull request.


def _ensure_commit(
    publisher: Publisher, proposal: Proposal, branch: str, files: PairFiles, review: Review
) -> str:
    """The proposal's commit on its branch. Raises `NothingProposedError`."""
    newest = publisher.find_newest_commit(branch)
    digest_line = f"{_PROPOSAL_LINE}{_digest_proposal(publisher, proposal)}"
    if newest is not None and not _is_merged(publisher, branch, newest["sha"]):
        if not is_sealed(newest):
            raise NothingProposedError(
                f"somebody has changed the branch '{branch}' by hand, and it is left as it is: "
                "merge its pull request, or delete the branch, and run this again"
            )
        if digest_line in newest["message"].splitlines():
            return str(newest["sha"])
    _require_newest_base(publisher)
    tree = publisher.write_tree(files.changes, files.deleted)
    message = seal_message(f"{_title(proposal)}\n\n{digest_line}", tree)
    author = Account(number=review.author.number, login=review.author.login)
    name = disarm_text(review.name or author.login)
    sha = publisher.write_commit(tree, message, name, author, publisher.today)
    publisher.point_branch(branch, sha, exists=newest is not None)
    return sha


def _is_merged(publisher: Publisher, branch: str, sha: str) -> bool:
    """Whether a branch was merged as it is: the base then holds what is on it."""
    values = publisher.list_pull_requests(branch)
    return any(value["merged_at"] and value["head"]["sha"] == sha for value in values)


def _require_newest_base(publisher: Publisher) -> None:
    """Refuse any base but the default branch's tip: unpushed commits would be published, too."""
    branch = publisher.default_branch
    if publisher.list_branches(branch).get(branch) != publisher.base:
        raise NothingProposedError(
            f"the newest commit of '{branch}' on GitHub must be checked out: fetch it, and run "
            "this again"
        )


def _ensure_pull_request(publisher: Publisher, proposal: Proposal, branch: str) -> int:
    """The number of the branch's open pull request, which has the proposal's text."""
    text = ProposalView(proposal).as_markdown()
    title = _title(proposal)
    digest = hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()[:40]
    body = f"<!-- peerloom matches {digest} -->\n{text}"
    found = publisher.ensure_pull_request(branch, title, body)
    number = int(found["number"])
    # What a person has added to the text stays as long as the proposal is the same.
    if digest not in (found["body"] or ""):
        path = f"{publisher.api_path}/pulls/{number}"
        publisher.client.request("PATCH", path, {"title": title, "body": body})
    return number


def _title(proposal: Proposal) -> str:
    return shorten_title(f"Matches for {disarm_text(proposal.applicants.cohort.name)}")
