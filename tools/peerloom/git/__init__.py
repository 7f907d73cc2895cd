"""The only code that runs Git. It reads values there and hands them to the layers that decide.

Git is only asked questions: no file of a commit is checked out, and nothing in one is run. Only
`rewriting` changes something, which is a clone that it made.
"""

from peerloom.git.check_in_arrivals import read_check_in_arrivals
from peerloom.git.commit_texts import commit_text_reader
from peerloom.git.committed_sheets import list_committed_sheets
from peerloom.git.merging import merge_texts
from peerloom.git.provenance import with_provenance
from peerloom.git.pull_requests import (
    begin_pull_request,
    list_commits_with_same_check_ins,
    read_pull_request,
)
from peerloom.git.record_versions import with_days_from_git
from peerloom.git.remote import find_repository_on_github
from peerloom.git.repository import NoSharedHistoryError, Repository
from peerloom.git.run import GitError
from peerloom.git.uncommitted import is_in_repository, list_uncommitted

__all__ = [
    "GitError",
    "NoSharedHistoryError",
    "Repository",
    "begin_pull_request",
    "commit_text_reader",
    "find_repository_on_github",
    "is_in_repository",
    "list_commits_with_same_check_ins",
    "list_committed_sheets",
    "list_uncommitted",
    "merge_texts",
    "read_check_in_arrivals",
    "read_pull_request",
    "with_days_from_git",
    "with_provenance",
]
