"""Reads and writes GitHub; the only code that reaches the network.

Two modules are imported only where they are used, so that other commands start quickly:
`github.submit_matches`, which imports all of matching, and `github.submit_forms`, which imports all
that reads what people sent.
"""

from peerloom.github.accounts import find_accounts
from peerloom.github.actions import add_to_run_summary, read_starter
from peerloom.github.apply_reminders import AppliedPlan, IssueRepositories, apply_reminders
from peerloom.github.attribution import find_sender
from peerloom.github.change_settings import change_settings
from peerloom.github.choose_pull_request import choose_pull_request, refuse_unrelated
from peerloom.github.client import Account, Client, connect, connect_for_coordinators
from peerloom.github.commit_holder import PullRequestState
from peerloom.github.date_check_ins import DatedCheckIns, date_check_ins
from peerloom.github.errors import GitHubError, RateLimitError, RefusedError
from peerloom.github.merge import choose_merge
from peerloom.github.post_review import post_review
from peerloom.github.publish_figures import publish_figures
from peerloom.github.publish_renewal import publish_renewal
from peerloom.github.publisher import Publisher, make_publisher
from peerloom.github.read_reminders import Clients, RemindersPlan, plan_from_issues
from peerloom.github.read_settings import read_settings
from peerloom.github.received_days import find_received_day
from peerloom.github.start_program import (
    AlreadyStartedError,
    NewProgramOnGitHub,
    start_program,
)
from peerloom.github.submit_upgrade import BranchIsTakenError, submit_upgrade
from peerloom.github.tell_coordinators import tell_coordinators
from peerloom.github.write_access import may_write

__all__ = [
    "Account",
    "AlreadyStartedError",
    "AppliedPlan",
    "BranchIsTakenError",
    "Client",
    "Clients",
    "DatedCheckIns",
    "GitHubError",
    "IssueRepositories",
    "NewProgramOnGitHub",
    "Publisher",
    "PullRequestState",
    "RateLimitError",
    "RefusedError",
    "RemindersPlan",
    "add_to_run_summary",
    "apply_reminders",
    "change_settings",
    "choose_merge",
    "choose_pull_request",
    "connect",
    "connect_for_coordinators",
    "date_check_ins",
    "find_accounts",
    "find_received_day",
    "find_sender",
    "make_publisher",
    "may_write",
    "plan_from_issues",
    "post_review",
    "publish_figures",
    "publish_renewal",
    "read_settings",
    "read_starter",
    "refuse_unrelated",
    "start_program",
    "submit_upgrade",
    "tell_coordinators",
]
