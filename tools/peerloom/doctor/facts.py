"""What is known of a repository's settings on GitHub, and what one of them must be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Fix = Literal[
    "issues",
    "forking",
    "actions",
    "github actions",
    "read-only token",
    "pull requests",
    "pages",
    "labels",
    "wake workflows",
    "ruleset",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """The number of an account, and its permission in the repository."""

    number: int
    permission: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What GitHub says of a repository; `None` is what the token may not see.

    `name` is its owner and name today, `pages` how the site is built: `workflow`, `legacy`, or
    empty where there is none. `asleep` are the names of workflows that GitHub has switched off,
    `disabled` those that a person has, `last_run` the day on which a schedule last started the
    check-ins (`None` also where it never did). `secrets` are those of workflows, `site_secrets`
    those for publishing in the repository that the variable `SITE_REPOSITORY` names. `coordinators`
    says what each login may do, and its number, or `None` where no account has that name. It
    `is_personal` where it belongs to a person and no organization, whose `plan` only its members
    are told, and it `needs_plan` where GitHub keeps what would guard it for public repositories and
    paid plans. `code_owner_errors` is what GitHub says is wrong in CODEOWNERS.
    """

    name: str
    visibility: str
    default_branch: str
    has_issues: bool
    is_archived: bool
    allows_forking: bool | None = None
    actions_are_on: bool | None = None
    allows_github_actions: bool | None = None
    token_writes: bool | None = None
    may_open_pull_requests: bool | None = None
    pages: str | None = None
    required_statuses: frozenset[str] | None = None
    needs_pull_request: bool | None = None
    labels: frozenset[str] = frozenset()
    asleep: tuple[str, ...] = ()
    disabled: tuple[str, ...] = ()
    secrets: frozenset[str] | None = None
    site_repository: str | None = None
    site_secrets: frozenset[str] | None = None
    coordinators: Mapping[str, Access | None] = field(default_factory=dict)
    last_run: date | None = None
    is_personal: bool = False
    plan: str | None = None
    needs_plan: bool = False
    code_owner_errors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingProblem:
    """A setting that is not as it must be: what must hold, where to click, what can fix it."""

    what: str
    where: str
    fix: Fix | None = None
