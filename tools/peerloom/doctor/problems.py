"""Whether a repository's settings on GitHub are as the program needs them, and what to change."""

from collections.abc import Iterator
from datetime import date, timedelta

from peerloom.doctor.facts import Facts, SettingProblem
from peerloom.github_names import (
    CHECK_INS_WORKFLOW,
    COORDINATORS_SECRET,
    LABELS,
    SITE_ENVIRONMENT,
    SITE_SECRET,
    STATUS,
)
from peerloom.model import Settings
from peerloom.ownership import CODE_OWNERS_PLACES
from peerloom.text.phrases import list_words

# The permissions with which somebody can merge, as a coordinator must be able to.
_MERGE_PERMISSIONS = frozenset({"admin", "maintain", "write"})
# A schedule that GitHub keeps runs twice a day; one day without is nothing to worry about.
_OVERDUE = timedelta(days=2)


def list_relevant_files() -> tuple[str, ...]:
    """The files of the program's folder that matter to its settings on GitHub."""
    return (*CODE_OWNERS_PLACES, *_FORM_FILES)


def find_settings_problems(
    facts: Facts, settings: Settings, files: frozenset[str], today: date
) -> tuple[SettingProblem, ...]:
    """Everything that stands in the program's way, in the order in which to fix it.

    `files` are those of `list_relevant_files` that exist.
    """
    home = f"https://github.com/{settings.repository}"
    problems = [
        *_check_repository(facts, settings, home),
        *_check_plan(facts, settings, home),
        *_check_actions(facts, home, today),
        *_check_pages(facts, home),
        *_check_branch(facts, settings, home),
    ]
    problems += _check_files(files, facts, home, settings)
    missing = sorted(LABELS.keys() - facts.labels)
    if missing:
        what = f"these labels must be there: {list_words(missing)}"
        problems.append(SettingProblem(what=what, where=f"{home}/labels", fix="labels"))
    problems += _check_secrets(facts, settings, home)
    problems += _check_coordinators(facts, settings, home)
    return tuple(problems)


def _check_repository(facts: Facts, settings: Settings, home: str) -> Iterator[SettingProblem]:
    where = f"{home}/settings"
    if facts.name.casefold() != settings.repository.casefold():
        what = f"'repository' in content/program.yml must be {facts.name}, and is "
        what += f"{settings.repository}: links in issues and pages lead there"
        yield SettingProblem(
            what=what, where=_program_file(f"https://github.com/{facts.name}", settings)
        )
    if facts.is_archived:
        yield SettingProblem(
            what="the repository must not be archived: nothing can change", where=where
        )
    if (facts.visibility == "public") != (settings.visibility == "public"):
        what = f"the repository is {facts.visibility}, and content/program.yml says that it is "
        what += f"{settings.visibility}: what is shown and kept depends on it"
        yield SettingProblem(what=what, where=where)
    if facts.default_branch != settings.branch:
        what = f"the default branch is '{facts.default_branch}', and 'branch' in "
        what += f"content/program.yml says '{settings.branch}': links would lead nowhere"
        yield SettingProblem(what=what, where=where)
    if not facts.has_issues:
        what = "issues must be switched on: reminders and sign-ups are issues"
        yield SettingProblem(what=what, where=f"{where}#features", fix="issues")
    if facts.visibility != "public" and facts.allows_forking is False:
        what = (
            "forking must be allowed: people without write access send their check-in from a fork"
        )
        yield SettingProblem(what=what, where=f"{where}#features", fix="forking")


def _check_actions(facts: Facts, home: str, today: date) -> Iterator[SettingProblem]:
    where = f"{home}/settings/actions"
    if facts.actions_are_on is False:
        what = "Actions must be switched on: they run the program"
        yield SettingProblem(what=what, where=where, fix="actions")
    if facts.actions_are_on and facts.allows_github_actions is False:
        what = "actions that GitHub wrote must be allowed: the workflows use them, and no others"
        yield SettingProblem(what=what, where=where, fix="github actions")
    if facts.token_writes:
        what = "workflows must get a token that only reads, unless they ask for more"
        yield SettingProblem(what=what, where=where, fix="read-only token")
    if facts.may_open_pull_requests is False:
        what = "Actions must be allowed to create pull requests: they create those for check-ins "
        what += "by form"
        yield SettingProblem(what=what, where=where, fix="pull requests")
    for name in facts.asleep:
        what = f"the workflow '{name}' must be on: after 60 quiet days GitHub switches it off"
        yield SettingProblem(what=what, where=f"{home}/actions", fix="wake workflows")
    for name in facts.disabled:
        what = f"the workflow '{name}' must be on, and somebody switched it off: open it there and "
        yield SettingProblem(what=f"{what}press 'Enable workflow'", where=f"{home}/actions")
    if facts.last_run and today - facts.last_run > _OVERDUE and not facts.asleep:
        what = f"'check-ins' must run every day, and last did on {facts.last_run.isoformat()}: "
        what += "open it and press 'Run workflow'"
        yield SettingProblem(what=what, where=f"{home}/actions/workflows/{CHECK_INS_WORKFLOW}")


def _check_pages(facts: Facts, home: str) -> Iterator[SettingProblem]:
    if facts.visibility == "public" and facts.pages is not None and facts.pages != "workflow":
        what = "the source of Pages must be 'GitHub Actions': a workflow builds the site"
        yield SettingProblem(what=what, where=f"{home}/settings/pages", fix="pages")
    if facts.visibility != "public" and facts.pages:
        what = "a private repository must not publish Pages, which everybody can read"
        yield SettingProblem(what=what, where=f"{home}/settings/pages")


# What the owner of a private repository can do without paying.
_WAYS_OUT = (
    "make the repository public; or move it to an organization, which may be free, where whoever "
    "takes part is an outside collaborator who only reads"
)
_FREE_TEAM = "GitHub gives its Team plan to nonprofits and to schools at no or little cost"


def _check_plan(facts: Facts, settings: Settings, home: str) -> Iterator[SettingProblem]:
    """What a private repository on a free plan cannot guard, and what to do without paying."""
    if facts.visibility == "public":
        return
    if facts.is_personal:
        what = "a private repository must not belong to a person: everybody who is invited can "
        what += f"write, bypass every review, and change what runs. Without paying: {_WAYS_OUT}"
        yield SettingProblem(what=what, where=f"{home}/settings#danger-zone")
    if facts.needs_plan:
        plan = f" ('{facts.plan}')" if facts.plan else ""
        what = f"nothing guards '{settings.branch}': in a private repository, rules for branches, "
        what += f"environments, CODEOWNERS and Pages need a paid plan, and this has none{plan}. "
        what += "Whoever can write can merge a pull request whose status is red, or push without "
        what += f"one: let nobody but coordinators write. Without paying: {_WAYS_OUT}. {_FREE_TEAM}"
        yield SettingProblem(what=what, where=f"{home}/settings/access")


def _check_branch(facts: Facts, settings: Settings, home: str) -> Iterator[SettingProblem]:
    is_required = facts.required_statuses is None or STATUS in facts.required_statuses
    if not is_required or facts.needs_pull_request is False:
        what = f"'{settings.branch}' must take changes by pull request alone, and only with the "
        what += f"status '{STATUS}', which says that the rules hold"
        yield SettingProblem(what=what, where=f"{home}/settings/rules", fix="ruleset")


_FORM_FILES = (".github/ISSUE_TEMPLATE/check-in.yml", ".github/ISSUE_TEMPLATE/sign-up.yml")


def _check_files(
    files: frozenset[str], facts: Facts, home: str, settings: Settings
) -> Iterator[SettingProblem]:
    where = f"{home}/tree/{settings.branch}/.github"
    if not files.issuperset(_FORM_FILES):
        what = "the issue forms for check-ins and sign-ups must be there: run 'peerloom renew', "
        yield SettingProblem(what=f"{what}and commit what it writes", where=where)
    if files.isdisjoint(CODE_OWNERS_PLACES):
        what = "a file CODEOWNERS must say who looks at changes to all but content"
        yield SettingProblem(what=what, where=where)
    for error in facts.code_owner_errors:
        what = f"CODEOWNERS must name people or teams who can write: {error}"
        yield SettingProblem(what=what, where=where)


def _check_secrets(facts: Facts, settings: Settings, home: str) -> Iterator[SettingProblem]:
    """The tokens that workflows need, where what needs them is in use."""
    if settings.coordinators_repository and COORDINATORS_SECRET not in _assume_all(facts.secrets):
        what = f"the secret {COORDINATORS_SECRET} must hold a token for "
        what += f"{settings.coordinators_repository}, to tell coordinators what only they read"
        yield SettingProblem(what=what, where=f"{home}/settings/secrets/actions")
    known = _assume_all(facts.secrets) | _assume_all(facts.site_secrets)
    is_used = facts.visibility == "private" and facts.site_repository
    if is_used and SITE_SECRET not in known:
        place = "" if facts.needs_plan else f" of the environment '{SITE_ENVIRONMENT}'"
        what = f"the secret {SITE_SECRET}{place} must hold a token for "
        what += f"{facts.site_repository}, to publish the public site there"
        below = "secrets/actions" if facts.needs_plan else "environments"
        yield SettingProblem(what=what, where=f"{home}/settings/{below}")


def _assume_all(secrets: frozenset[str] | None) -> frozenset[str]:
    """The names of secrets; where the token may not see them, none counts as missing."""
    return frozenset({COORDINATORS_SECRET, SITE_SECRET}) if secrets is None else secrets


def _check_coordinators(facts: Facts, settings: Settings, home: str) -> Iterator[SettingProblem]:
    """Coordinators who left or may not merge, and where to tell coordinators alone."""
    file = _program_file(home, settings)
    if settings.coordinators_repository is None:
        what = "'coordinators_repository' in content/program.yml must name a private repository "
        what += "that only coordinators read: calls for help in check-ins are reported there at "
        what += "once; without it nobody sees them until somebody runs 'peerloom attention'"
        yield SettingProblem(what=what, where=file)
    numbers = {login.casefold(): number for login, number in settings.coordinator_ids.items()}
    for login in settings.coordinators:
        if login.casefold() not in numbers:
            what = f"the coordinator '{login}' must have a number in 'coordinator_ids': whoever "
            what += "gets that login later would be a coordinator; run 'peerloom numbers'"
            yield SettingProblem(what=what, where=file)
    for login, access in facts.coordinators.items():
        number = numbers.get(login.casefold())
        if access is None:
            what = f"no account is called '{login}' any more: take it out of 'coordinators' in "
            yield SettingProblem(
                what=f"{what}content/program.yml, or write its new name", where=file
            )
        elif number is not None and number != access.number:
            what = f"the account '{login}' is another one than 'coordinator_ids' says: take it out "
            yield SettingProblem(what=f"{what}of 'coordinators' in content/program.yml", where=file)
        elif access.permission not in _MERGE_PERMISSIONS:
            what = f"the coordinator '{login}' must be able to merge: give write access, or take "
            what += "the name out of 'coordinators' in content/program.yml"
            yield SettingProblem(what=what, where=f"{home}/settings/access")


def _program_file(home: str, settings: Settings) -> str:
    return f"{home}/edit/{settings.branch}/content/program.yml"


def list_unseen(facts: Facts) -> tuple[str, ...]:
    """The settings that the token may not see, and that are not checked."""
    names = {
        "whether Actions are on": facts.actions_are_on,
        "what workflows' tokens may": facts.token_writes,
        "the rules of the branch": frozenset() if facts.needs_plan else facts.required_statuses,
        "the names of secrets": facts.secrets,
        "how Pages are built": facts.pages,
    }
    return tuple(name for name, value in names.items() if value is None)
