"""A pull request read from the commits of a repository."""

from peerloom.git.repository import Repository
from peerloom.kinds import kind_of_path
from peerloom.review import PullRequest
from peerloom.review.compare_commits import (
    CommitComparison,
    is_too_large,
    list_record_ids,
    make_pull_request,
    make_snapshot,
    select_changes,
)


def read_pull_request(repository: Repository, base_ref: str, head_ref: str) -> PullRequest:
    """The pull request that would merge one ref into another. Raises `GitError`.

    It changes what differs between the head and the commit at which the two parted; a path that
    the base holds already as the head does is no change.
    """
    base, head = repository.find_commit(base_ref), repository.find_commit(head_ref)
    merge_bases = repository.find_merge_bases(base, head)
    tree = repository.list_files(base)
    differences = select_changes(repository.list_differences(merge_bases[0], head), tree)
    new = {each.path: each.new for each in differences if each.new}
    oversized = is_too_large(differences, repository.read_sizes)
    ids = {*list_record_ids(tree), *(() if oversized else list_record_ids(new))}
    is_ahead = len(merge_bases) == 1 and merge_bases[0] != base
    return make_pull_request(
        CommitComparison(
            base=base,
            head=head,
            tree=tree,
            differences=differences,
            base_differences=repository.list_differences(merge_bases[0], base) if is_ahead else (),
            contents=repository.read_contents(ids),
            has_many_merge_bases=len(merge_bases) > 1,
            is_too_large=oversized,
        )
    )


def begin_pull_request(repository: Repository, base_ref: str) -> PullRequest:
    """A pull request that changes nothing yet: its head is its base. Raises `GitError`."""
    base = repository.find_commit(base_ref)
    tree = repository.list_files(base)
    before = make_snapshot(tree, repository.read_contents(list_record_ids(tree)))
    return PullRequest(base=base, head=base, before=before, after=before, changes=())


def list_commits_with_same_check_ins(
    repository: Repository, pull_request: PullRequest
) -> tuple[str, ...]:
    """The head, and the commits before it that hold the same check-ins. Raises `GitError`."""
    changes = pull_request.changes
    paths = [c.path for c in changes if c.after and kind_of_path(c.path) == "check-in"]
    return repository.list_commits_with_same(pull_request.base, pull_request.head, paths)
