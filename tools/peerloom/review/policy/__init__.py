"""Who may change what: the one table that decides it, and the table as people read it."""

from peerloom.review.policy.check_in_rows import CHECK_IN_ROWS
from peerloom.review.policy.other_rows import OTHER_ROWS
from peerloom.review.policy.pair_and_circle_rows import PAIR_AND_CIRCLE_ROWS
from peerloom.review.policy.participant_rows import PARTICIPANT_ROWS
from peerloom.review.policy.row import ANSWERS, PolicyAnswer, PolicyRow, RowName

__all__ = [
    "POLICY",
    "ROW_BY_NAME",
    "PolicyAnswer",
    "PolicyRow",
    "RowName",
    "policy_table",
    "strictest_answer",
]

POLICY: tuple[PolicyRow, ...] = (
    *PARTICIPANT_ROWS,
    *CHECK_IN_ROWS,
    *PAIR_AND_CIRCLE_ROWS,
    *OTHER_ROWS,
)
ROW_BY_NAME: dict[RowName, PolicyRow] = {row.name: row for row in POLICY}


def strictest_answer(answers: tuple[PolicyAnswer, ...]) -> PolicyAnswer:
    """The answer to all of them together; yes, where there is nothing to answer."""
    return max(answers, key=ANSWERS.index, default="yes")


def policy_table() -> str:
    """The table in Markdown, for people."""
    who = "A coordinator | A coordinator of its cohort | A participant | A newcomer"
    head = f"| Where | What | {who} |\n|:--|:--|:--|:--|:--|:--|\n"
    return head + "".join(map(_table_line, POLICY))


def _table_line(row: PolicyRow) -> str:
    paths = ", ".join(f"`{path}`" if "/" in path else path for path in row.path.split(", "))
    answers = (row.coordinator, row.cohort_coordinator, row.participant, row.newcomer)
    return f"| {paths} | {row.what} | {' | '.join(answers)} |\n"
