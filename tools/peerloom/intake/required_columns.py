"""Refusing a sheet that does not say who somebody is, or who is a mentor and who a mentee."""

from collections import Counter

from peerloom.diagnostic import quoted
from peerloom.intake.cleaning import fold_text, single_line
from peerloom.intake.headers import interpret_header
from peerloom.intake.read_form import Form
from peerloom.intake.reading import ColumnReading
from peerloom.intake.result import ImportOptions, UnusableSheet
from peerloom.intake.wordings import PEOPLE_FIELDS
from peerloom.text.phrases import list_words

# A question with more different answers is no choice between roles.
_MOST_CHOICES = 8


def require_name_and_role(form: Form, options: ImportOptions) -> None:
    """Refuse a sheet without names or roles; one whose rows were all refused says enough."""
    if not form.rows:
        return
    if not any(form.column_for(name) for name in ("name", "first_name", "last_name")):
        message = "the sheet must have a column with people's names"
        help_ = 'say which it is: --map "COLUMN=name", or first_name and last_name'
        raise UnusableSheet(message, help_, reading=form.reading())
    if form.column_for("role") or options.role:
        return
    message = "the sheet must say who wants to be a mentor and who a mentee"
    help_ = 'name that column with --map "COLUMN=role", or say --role mentee for all rows'
    column = _likely_role_column(form)
    if column:
        choices = _different_answers(form, column)
        message += f", and {quoted(column.label)} does not: {list_words(map(quoted, choices))}"
        example = f'--map "{column.label}=role" --answer "{column.label}: {choices[0]} = mentor"'
        help_ = f"if it does, say what its answers mean, such as {example}; or say --role mentee"
    raise UnusableSheet(message, help_, reading=form.reading())


def _likely_role_column(form: Form) -> ColumnReading | None:
    """Return a column that asks for a role, but whose few answers name none."""
    for column in form.columns:
        meaning = interpret_header(column.label, PEOPLE_FIELDS)
        if meaning.field == "role" and 0 < len(_different_answers(form, column)) <= _MOST_CHOICES:
            return column
    return None


def _different_answers(form: Form, column: ColumnReading) -> list[str]:
    counts = Counter(single_line(answer) for answer in form.table.answers_in(column.place))
    by_folded = {fold_text(answer): answer for answer, _ in reversed(counts.most_common())}
    return list(reversed(by_folded.values()))
