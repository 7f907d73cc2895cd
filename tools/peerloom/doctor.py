"""Whether a repository's settings on GitHub are as the program needs them, and what to change."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from peerloom.model import Settings
from peerloom.text.phrases import list_words

# The status that a review sets, which the ruleset of the branch requires.
STATUS = "peerloom"
LABELS: dict[str, str] = {
    "check-in": "a check-in is due, or was answered",
    "sign-up": "somebody wants to take part",
    "needs a coordinator": "rules cannot decide it",
    "for a maintainer": "it changes more than the content",
}
Mend = Literal[
    "issues",
    "forking",
    "actions",
    "our actions",
    "read-only token",
    "pull requests",
    "pages",
    "labels",
    "wake workflows",
    "ruleset",
]
# What a coordinator must be able to do on GitHub: merge.
_MERGES = frozenset({"admin", "maintain", "write"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What an account may do in the repository, and its number."""

    number: int
    may: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What GitHub says of a repository; `None` is what the token may not see.

    `name` is its owner and name today, `pages` how the site is built: `workflow`, `legacy`, or
    empty where there is none. `asleep` are the names of workflows that GitHub has switched off,
    `off` those that somebody did, `last_run` the day on which a schedule last started the check-ins
    (`None` also where it never did). `secrets` are those of workflows, `site_secrets` those for
    publishing in the repository that the variable `SITE_REPOSITORY` names. `coordinators` says what
    each login may do, and its number, or `None` where no account has that name. It `is_personal`
    where it belongs to a person and no organization, whose `plan` is only told to its members, and
    `needs_plan` where GitHub keeps what would guard it for public repositories and paid plans.
    `code_owner_errors` is what GitHub says is wrong in CODEOWNERS.
    """

    name: str
    visibility: str
    default_branch: str
    has_issues: bool
    is_archived: bool
    allows_forking: bool | None = None
    actions_are_on: bool | None = None
    takes_our_actions: bool | None = None
    token_writes: bool | None = None
    may_open_pull_requests: bool | None = None
    pages: str | None = None
    required_statuses: frozenset[str] | None = None
    needs_pull_request: bool | None = None
    labels: frozenset[str] = frozenset()
    asleep: tuple[str, ...] = ()
    off: tuple[str, ...] = ()
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
class Finding:
    """A setting that is not as it must be: what must hold, where to click, what can mend it."""

    what: str
    where: str
    mend: Mend | None = None


# A schedule that GitHub keeps runs twice a day; one day without is nothing to worry about.
_OVERDUE = timedelta(days=2)
_CODE_OWNERS = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS")


def files_looked_at() -> tuple[str, ...]:
    """The files of the program's folder that matter to its settings on GitHub."""
    return (*_CODE_OWNERS, *_FORMS)


def findings(
    facts: Facts, settings: Settings, files: frozenset[str], today: date
) -> tuple[Finding, ...]:
    """Everything that stands in the program's way, in the order in which to mend it.

    `files` are those of `files_looked_at` that are there.
    """
    home = f"https://github.com/{settings.repository}"
    found = [
        *_general(facts, settings, home),
        *_plan(facts, settings, home),
        *_actions(facts, home, today),
        *_site(facts, home),
        *_branch(facts, settings, home),
    ]
    found += _files(files, facts, home, settings)
    missing = sorted(LABELS.keys() - facts.labels)
    if missing:
        what = f"these labels must be there: {list_words(missing)}"
        found.append(Finding(what=what, where=f"{home}/labels", mend="labels"))
    found += _secrets(facts, settings, home)
    found += _people(facts, settings, home)
    return tuple(found)


def _general(facts: Facts, settings: Settings, home: str) -> Iterator[Finding]:
    where = f"{home}/settings"
    if facts.name.casefold() != settings.repository.casefold():
        what = f"'repository' in content/program.yml must be {facts.name}, and is "
        what += f"{settings.repository}: links in issues and pages lead there"
        yield Finding(what=what, where=_program_file(f"https://github.com/{facts.name}", settings))
    if facts.is_archived:
        yield Finding(what="the repository must not be archived: nothing can change", where=where)
    if (facts.visibility == "public") != (settings.visibility == "public"):
        what = f"the repository is {facts.visibility}, and content/program.yml says that it is "
        what += f"{settings.visibility}: what is shown and kept depends on it"
        yield Finding(what=what, where=where)
    if facts.default_branch != settings.branch:
        what = f"the default branch is '{facts.default_branch}', and 'branch' in "
        what += f"content/program.yml says '{settings.branch}': links would lead nowhere"
        yield Finding(what=what, where=where)
    if not facts.has_issues:
        what = "issues must be switched on: reminders and sign-ups are issues"
        yield Finding(what=what, where=f"{where}#features", mend="issues")
    if facts.visibility != "public" and facts.allows_forking is False:
        what = "forking must be allowed: by it, people without write access send their check-in"
        yield Finding(what=what, where=f"{where}#features", mend="forking")


def _actions(facts: Facts, home: str, today: date) -> Iterator[Finding]:
    where = f"{home}/settings/actions"
    if facts.actions_are_on is False:
        what = "Actions must be switched on: they run the program"
        yield Finding(what=what, where=where, mend="actions")
    if facts.actions_are_on and facts.takes_our_actions is False:
        what = "actions that GitHub wrote must be allowed: the workflows use them, and no others"
        yield Finding(what=what, where=where, mend="our actions")
    if facts.token_writes:
        what = "workflows must get a token that only reads, unless they ask for more"
        yield Finding(what=what, where=where, mend="read-only token")
    if facts.may_open_pull_requests is False:
        what = "Actions must be allowed to create pull requests: they do for check-ins by form"
        yield Finding(what=what, where=where, mend="pull requests")
    for name in facts.asleep:
        what = f"the workflow '{name}' must be on: after 60 quiet days GitHub switches it off"
        yield Finding(what=what, where=f"{home}/actions", mend="wake workflows")
    for name in facts.off:
        what = f"the workflow '{name}' must be on, and somebody switched it off: open it there and "
        yield Finding(what=f"{what}press 'Enable workflow'", where=f"{home}/actions")
    if facts.last_run and today - facts.last_run > _OVERDUE and not facts.asleep:
        what = f"'check-ins' must run every day, and last did on {facts.last_run.isoformat()}: "
        what += "open it and press 'Run workflow'"
        yield Finding(what=what, where=f"{home}/actions/workflows/check-ins.yml")


def _site(facts: Facts, home: str) -> Iterator[Finding]:
    if facts.visibility == "public" and facts.pages is not None and facts.pages != "workflow":
        what = "the source of Pages must be 'GitHub Actions': a workflow builds the site"
        yield Finding(what=what, where=f"{home}/settings/pages", mend="pages")
    if facts.visibility != "public" and facts.pages:
        what = "a private repository must not publish Pages, which everybody can read"
        yield Finding(what=what, where=f"{home}/settings/pages")


# What a private repository can do for nothing, besides becoming public.
_WAYS_OUT = (
    "make the repository public; or move it to an organization, which may be free, where whoever "
    "takes part is an outside collaborator who only reads"
)
_FREE_TEAM = "GitHub gives its Team plan to nonprofits and to schools at no or little cost"


def _plan(facts: Facts, settings: Settings, home: str) -> Iterator[Finding]:
    """Guards that there are none of, what that means, and what costs nothing."""
    if facts.visibility == "public":
        return
    if facts.is_personal:
        what = "the repository must not be a person's while it is private: whoever is let in can "
        what += f"write, past every review, and change what runs. For nothing: {_WAYS_OUT}"
        yield Finding(what=what, where=f"{home}/settings#danger-zone")
    if facts.needs_plan:
        plan = f" ('{facts.plan}')" if facts.plan else ""
        what = f"nothing guards '{settings.branch}': of a private repository, rules for branches, "
        what += f"environments, CODEOWNERS and Pages need a paid plan, and this has none{plan}. "
        what += "Whoever can write can merge what is red, or push without a pull request: let "
        what += f"nobody but coordinators write. For nothing: {_WAYS_OUT}. {_FREE_TEAM}"
        yield Finding(what=what, where=f"{home}/settings/access")


def _branch(facts: Facts, settings: Settings, home: str) -> Iterator[Finding]:
    is_required = facts.required_statuses is None or STATUS in facts.required_statuses
    if not is_required or facts.needs_pull_request is False:
        what = f"'{settings.branch}' must take changes by pull request alone, and only with the "
        what += f"status '{STATUS}', which says that the rules hold"
        yield Finding(what=what, where=f"{home}/settings/rules", mend="ruleset")


_FORMS = (".github/ISSUE_TEMPLATE/check-in.yml", ".github/ISSUE_TEMPLATE/sign-up.yml")


def _files(files: frozenset[str], facts: Facts, home: str, settings: Settings) -> Iterator[Finding]:
    where = f"{home}/tree/{settings.branch}/.github"
    if not files.issuperset(_FORMS):
        what = "the issue forms for check-ins and sign-ups must be there: run 'peerloom forms', "
        yield Finding(what=f"{what}and commit what it writes", where=where)
    if files.isdisjoint(_CODE_OWNERS):
        what = "a file CODEOWNERS must say who looks at changes to all but content"
        yield Finding(what=what, where=where)
    for error in facts.code_owner_errors:
        what = f"CODEOWNERS must name people or teams who can write: {error}"
        yield Finding(what=what, where=where)


def _secrets(facts: Facts, settings: Settings, home: str) -> Iterator[Finding]:
    """Keys that workflows need, where what needs them is in use."""
    if settings.coordinators_repository and "COORDINATORS_TOKEN" not in _or_all(facts.secrets):
        what = "the secret COORDINATORS_TOKEN must hold a token for "
        what += f"{settings.coordinators_repository}, to tell coordinators what only they read"
        yield Finding(what=what, where=f"{home}/settings/secrets/actions")
    known = _or_all(facts.secrets) | _or_all(facts.site_secrets)
    is_used = facts.visibility == "private" and facts.site_repository
    if is_used and "SITE_TOKEN" not in known:
        of = "" if facts.needs_plan else " of the environment 'public-site'"
        what = f"the secret SITE_TOKEN{of} must hold a token for "
        what += f"{facts.site_repository}, to publish the public site there"
        below = "secrets/actions" if facts.needs_plan else "environments"
        yield Finding(what=what, where=f"{home}/settings/{below}")


def _or_all(secrets: frozenset[str] | None) -> frozenset[str]:
    """Of secrets that the token may not see, none is called missing."""
    return frozenset({"COORDINATORS_TOKEN", "SITE_TOKEN"}) if secrets is None else secrets


def _people(facts: Facts, settings: Settings, home: str) -> Iterator[Finding]:
    """Coordinators who left, or may not do what they must, and a way to tell them alone."""
    file = _program_file(home, settings)
    if settings.coordinators_repository is None:
        what = "'coordinators_repository' in content/program.yml must name a private repository "
        what += "that only coordinators read: who asks for help in a check-in is told there at "
        what += "once; without it nobody is, until somebody runs 'peerloom attention'"
        yield Finding(what=what, where=file)
    numbers = {login.casefold(): number for login, number in settings.coordinator_ids.items()}
    for login in settings.coordinators:
        if login.casefold() not in numbers:
            what = f"the coordinator '{login}' must have a number in 'coordinator_ids': whoever "
            what += "gets that login later would be a coordinator; run 'peerloom numbers'"
            yield Finding(what=what, where=file)
    for login, access in facts.coordinators.items():
        number = numbers.get(login.casefold())
        if access is None:
            what = f"no account is called '{login}' any more: take it out of 'coordinators' in "
            yield Finding(what=f"{what}content/program.yml, or write its new name", where=file)
        elif number is not None and number != access.number:
            what = f"the account '{login}' is another one than 'coordinator_ids' says: take it out "
            yield Finding(what=f"{what}of 'coordinators' in content/program.yml", where=file)
        elif access.may not in _MERGES:
            what = f"the coordinator '{login}' must be able to merge: give write access, or take "
            what += "the name out of 'coordinators' in content/program.yml"
            yield Finding(what=what, where=f"{home}/settings/access")


def _program_file(home: str, settings: Settings) -> str:
    return f"{home}/edit/{settings.branch}/content/program.yml"


def unseen(facts: Facts) -> tuple[str, ...]:
    """What the token may not see, so that nothing is said of it."""
    names = {
        "whether Actions are on": facts.actions_are_on,
        "what workflows' tokens may": facts.token_writes,
        "the rules of the branch": frozenset() if facts.needs_plan else facts.required_statuses,
        "the names of secrets": facts.secrets,
        "how Pages are built": facts.pages,
    }
    return tuple(name for name, value in names.items() if value is None)
