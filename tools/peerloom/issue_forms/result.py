"""The result of a submitted form: a record, or problems to fix, and remarks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from peerloom.changes import Changes
from peerloom.intake.record_text import ReadText
from peerloom.issue_forms.issue_body import FormAnswers
from peerloom.issue_forms.question import FormKind
from peerloom.records import Program


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The account that opened an issue; `participant` is the id of the account's owner, if known.

    `number` is GitHub's number for the account, which stays when the login changes.
    """

    login: str
    number: int
    participant: str | None = None


@dataclass(frozen=True, slots=True)
class FormMessage:
    """A problem or a remark; `label` is that of the question it is about, or empty."""

    label: str
    message: str
    help: str = ""


@dataclass(slots=True)
class FormFeedback:
    """The messages about a form's answers so far; `labels` gives each question's by its id."""

    labels: Mapping[str, str]
    problems: list[FormMessage] = field(default_factory=list)
    remarks: list[FormMessage] = field(default_factory=list)

    def add_problem(self, question: str, message: str, help_: str = "") -> None:
        """Add something that the sender must correct, at the question with this id."""
        self.problems.append(FormMessage(self.labels.get(question, ""), message, help_))

    def add_remark(self, question: str, message: str, help_: str = "") -> None:
        """Add something that is good to know, at the question with this id."""
        self.remarks.append(FormMessage(self.labels.get(question, ""), message, help_))


@dataclass(frozen=True, slots=True, kw_only=True)
class FilledForm:
    """A form's answers, and all that is needed to make a record of them.

    `feedback` is added to on the way. `read_text` reads the files that the record may edit.
    """

    answers: FormAnswers
    sender: Sender
    received_on: date
    program: Program
    read_text: ReadText
    feedback: FormFeedback


@dataclass(frozen=True, slots=True, kw_only=True)
class FormResult:
    """The text of the record by its path, or the problems because of which there is none.

    `changes` is empty also where the record already says what the form says.
    """

    kind: FormKind
    changes: Changes = field(default_factory=dict)
    problems: tuple[FormMessage, ...] = ()
    remarks: tuple[FormMessage, ...] = ()
