"""What reading an answer gives: a value, how sure it is, and what to tell a coordinator."""

from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

Value = TypeVar("Value")
Value_co = TypeVar("Value_co", covariant=True)

# certain: the answer has one meaning, or is no answer (then the value is None).
# guess: one meaning is likely; it holds once a coordinator accepts it.
# ask: there is no value until a coordinator says what the answer means.
# left_out: the answer does not fit its field; a better one has to come from whoever wrote it.
Certainty = Literal["certain", "guess", "ask", "left_out"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerValue(Generic[Value_co]):
    """What an answer means.

    `message` is a sentence without a full stop where something should be told, also beside a
    certain value. `choices` are the meanings among which a coordinator decides, likely ones first.
    """

    value: Value_co | None = None
    certainty: Certainty = "certain"
    message: str = ""
    choices: tuple[Any, ...] = ()

    @property
    def is_answer(self) -> bool:
        """Whether the cell says something, readable or not, about its question."""
        return self.value is not None or self.certainty != "certain"


NO_ANSWER: AnswerValue[Any] = AnswerValue()


def certain_value(value: Value, message: str = "") -> AnswerValue[Value]:
    """Return a value that holds without a question."""
    return AnswerValue(value=value, message=message)


def guessed_value(value: Value, message: str) -> AnswerValue[Value]:
    """Return a value that holds once a coordinator accepts it."""
    return AnswerValue(value=value, certainty="guess", message=message, choices=(value,))


def ask_meaning(message: str, choices: tuple[Any, ...] = ()) -> AnswerValue[Any]:
    """Return no value, and the choices among which a coordinator decides."""
    return AnswerValue(certainty="ask", message=message, choices=choices)


def leave_out(message: str) -> AnswerValue[Any]:
    """Return no value, and why the answer is not taken."""
    return AnswerValue(certainty="left_out", message=message)
