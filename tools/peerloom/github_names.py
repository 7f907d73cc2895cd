"""The names that things of the program have on GitHub: its status, labels, branches, workflows.

Each is written here and nowhere else in Python: a label that a review sets is a label that
`peerloom doctor` looks for, and the status that it sets is the one that the ruleset requires.
"""

from typing import Literal

# The status that a review sets, which the ruleset of the default branch requires.
STATUS = "peerloom"

Label = Literal[
    "check-in", "sign-up", "needs a coordinator", "for a maintainer", "read twice a day"
]
CHECK_IN_LABEL: Label = "check-in"
SIGN_UP_LABEL: Label = "sign-up"
COORDINATOR_LABEL: Label = "needs a coordinator"
MAINTAINER_LABEL: Label = "for a maintainer"
# The workflow `forms` leaves an issue with this label to the schedule.
TWICE_A_DAY_LABEL: Label = "read twice a day"
# Each label with its description on GitHub.
LABELS: dict[Label, str] = {
    CHECK_IN_LABEL: "a check-in is due, or was answered",
    SIGN_UP_LABEL: "somebody wants to take part, or changes what they agreed to",
    COORDINATOR_LABEL: "rules cannot decide it",
    MAINTAINER_LABEL: "it changes more than the content",
    TWICE_A_DAY_LABEL: "no workflow starts when it is sent",
}
# The label that an issue gets from each form, by which a workflow knows that there is one to read.
FORM_LABELS: dict[Literal["check-in", "sign-up", "withdraw"], Label] = {
    "check-in": CHECK_IN_LABEL,
    "sign-up": SIGN_UP_LABEL,
    "withdraw": SIGN_UP_LABEL,
}

# What the program's own branches begin with, before an issue's number or a cohort's id.
ISSUE_BRANCH_PREFIX = "issue-"
MATCH_BRANCH_PREFIX = "match-"
# The branch with the days on which check-ins came in, where the default branch is protected.
RECEIVED_BRANCH = "received"
# The branch with the new program, in a repository that was made from the template.
START_BRANCH = "start"
# The branch with an upgrade of the program to another version.
UPGRADE_BRANCH = "upgrade"

# The branch with what is made from the program, where a person is to merge it.
RENEW_BRANCH = "renew"
# The branch with figures to be published, where a person is to merge it.
PUBLISH_BRANCH = "publish"

WORKFLOWS_FOLDER = ".github/workflows"
CHECK_INS_WORKFLOW = "check-ins.yml"
SITE_WORKFLOW = "site.yml"

COORDINATORS_SECRET = "COORDINATORS_TOKEN"  # noqa: S105 - its name, which is no secret
SITE_SECRET = "SITE_TOKEN"  # noqa: S105 - its name, which is no secret
SITE_REPOSITORY_VARIABLE = "SITE_REPOSITORY"
SITE_ENVIRONMENT = "public-site"
