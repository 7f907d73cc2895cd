"""What people send by a form, and a program on GitHub to which they send it, for tests."""

from datetime import date
from pathlib import Path

from click.testing import Result

from program_on_github import HOME, WITH_GRACE, ProgramOnGitHub
from stand_in import StandIn

TODAY = date(2026, 2, 10)
# The body of an issue, and the record that is made of it.
CHECK_IN = """\
### Which check-in

spring/ada-grace/2026-02-09

### Did you meet?

We met

### When you met

2026-02-05, 45, remote
2026-02-07, in person

### Where your goals stand

first-package: +1 a first draft

### Next steps

Write `tests`, and ask @noor.

### Next meeting

2026-02-23
"""
ANSWER = "content/check-ins/spring/ada-grace/2026-02-09-grace.yml"


class FormsOnGitHub(ProgramOnGitHub):
    """A program on GitHub, and people who open issues."""

    def __init__(self, root: Path, hub: StandIn, merge: str = "by hand") -> None:
        program = f"{WITH_GRACE['content/program.yml']}merge: {merge}\n"
        super().__init__(root, hub, WITH_GRACE | {"content/program.yml": program}, TODAY)
        hub.now = hub.now.replace(month=2, day=9)

    def send(self, body: str = CHECK_IN, login: str = "grace", number: int = 3) -> int:
        return self.hub.open_as(login, number, HOME, "Check-in", body)

    def label(self, issue: int, *names: str) -> None:
        """Let an issue have these labels, as the form's file has GitHub do."""
        self.repository.issues[issue]["labels"] = [{"name": name} for name in names]

    def edit(self, issue: int, body: str) -> None:
        self.repository.issues[issue] |= {"body": body, "updated_at": self.hub.time()}

    def propose(self, *arguments: str) -> Result:
        return self.run("propose", *arguments)

    def state(self) -> tuple:
        """Everything that a run can have left behind."""
        return (
            {n: i["state"] for n, i in self.repository.issues.items()},
            {n: self.comments(n) for n in self.repository.issues},
            sorted(self.repository.origin.refs("heads/issue-")),
            {n: {x["name"] for x in i["labels"]} for n, i in self.repository.issues.items()},
            self.repository.statuses[-1][1]["state"],
        )
