"""How a sheet is read: what each column and answer is taken as, how sure that is, and why."""

from dataclasses import dataclass, field
from typing import Literal

# certain: taken without a question. guessed: taken once a coordinator accepts it. left out: not
# taken, which is no guess.
ColumnCertainty = Literal["certain", "guessed", "left out"]
# open: the answer has no meaning until a coordinator gives it one.
AnswerCertainty = Literal["certain", "guessed", "open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnReading:
    """What a column is taken as. `option` is the part of a question that the column is about.

    `label` is the header, with the column's letter where a sheet has the header twice.
    """

    place: int
    label: str
    field: str | None
    certainty: ColumnCertainty
    why: str
    option: str = ""
    samples: tuple[str, ...] = ()

    @property
    def is_taken(self) -> bool:
        """Whether the column's answers go into records."""
        return self.field is not None and self.certainty != "left out"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerReading:
    """What an answer in a column is taken as, in the field's own words; `-` for left out."""

    column: str
    answer: str
    meaning: str
    certainty: AnswerCertainty
    people: int = 1
    message: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonDecision:
    """That people whom rows speak of are one and the same, or different people.

    `people` holds the words by which rows are known: see `identity_word`.
    """

    people: frozenset[str]
    are_same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonQuestion:
    """Rows that may be of one person: what they have in common, and what is likelier."""

    people: tuple[str, ...]
    rows: tuple[int, ...]
    message: str
    are_likely_same: bool

    def as_decision(self) -> PersonDecision:
        """Return the decision that holds if the likelier is accepted."""
        return PersonDecision(people=frozenset(self.people), are_same=self.are_likely_same)


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCounts:
    """What became of the rows below the headers; together they are all of them."""

    taken: int = 0
    joined: int = 0
    refused: int = 0
    left_out: int = 0
    hidden: int = 0
    headers_again: int = 0
    totals: int = 0
    empty: int = 0

    @property
    def total(self) -> int:
        """The number of rows below the headers."""
        rows_with_answers = self.taken + self.joined + self.refused + self.left_out + self.hidden
        return rows_with_answers + self.headers_again + self.totals + self.empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a whole sheet is read. `remembered` is the path of the reading that was used, if any."""

    columns: tuple[ColumnReading, ...]
    answers: tuple[AnswerReading, ...] = ()
    questions: tuple[PersonQuestion, ...] = ()
    other_guesses: tuple[str, ...] = ()
    encoding: str = ""
    worksheet: str = ""
    date_order: str = ""
    time_zone: str = ""
    remembered: str | None = None
    rows: RowCounts = field(default_factory=RowCounts)
    people: int = 0
    without_login: int | None = None
    joined: tuple[str, ...] = ()

    @property
    def guessed_columns(self) -> tuple[ColumnReading, ...]:
        """The columns that are taken as something only once a coordinator accepts it."""
        return tuple(column for column in self.columns if column.certainty == "guessed")

    @property
    def uncertain_answers(self) -> tuple[AnswerReading, ...]:
        """The answers that need a coordinator's word."""
        return tuple(answer for answer in self.answers if answer.certainty != "certain")

    @property
    def is_certain(self) -> bool:
        """Whether the sheet goes in without a question."""
        return not (
            self.guessed_columns or self.uncertain_answers or self.questions or self.other_guesses
        )
