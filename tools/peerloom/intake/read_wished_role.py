"""Reading the role that somebody wishes for, from one question or from one for each role."""

import shlex

from peerloom.intake.answer_notes import AnswerNotes
from peerloom.intake.cleaning import single_line
from peerloom.intake.fitting import is_tick
from peerloom.intake.values.answer import NO_ANSWER, AnswerValue, ask_meaning
from peerloom.intake.values.roles import ROLES, read_role, read_role_confirmation
from peerloom.model import Role

_NEEDED = "the row must say mentor, mentee or either"


def read_wished_role(notes: AnswerNotes, default: Role | None) -> Role | None:
    """Return the role of a row, `default` where it names none, and None if the row is refused."""
    text = notes.row.replace_answer("role", notes.row["role"])
    asked = notes.row.parts.get("role", ())
    if len(asked) > 1 and not text:
        return _combine_confirmations(notes, asked)
    if asked and not text:
        ((role, original),) = asked
        read = _read_confirmation(notes.row.replace_answer("role", original), role)
    else:
        original = notes.row["role"]
        read = read_role(text, notes.row.headers.get("role", "")) if text else NO_ANSWER
    if read.certainty == "left_out" and not notes.row.meanings.get("role"):
        word = shlex.quote(f"{notes.row.headers['role']}: {single_line(original)} = mentor")
        notes.add(
            "refused", "role", read.message, f"if it means one of them, say so: --answer {word}"
        )
        return None
    if read.certainty == "left_out":
        # A form that has words of its own for roles has a new one.
        read = ask_meaning(read.message, (*ROLES, None))
    wished: Role | None = notes.take("role", original, read)
    wished = wished or (None if read.is_answer else default)
    if wished is None:
        notes.add("refused", "role", _NEEDED)
    return wished


def _read_confirmation(text: str, asked: str) -> AnswerValue[Role]:
    """Return the role in an answer to a question about one role: yes, a tick, or a role's name."""
    named = read_role(text)
    if named.certainty == "certain" and named.value:
        return named
    return read_role_confirmation("yes" if is_tick(text) else text, asked)  # type: ignore[arg-type]


def _combine_confirmations(notes: AnswerNotes, asked: tuple[tuple[str, str], ...]) -> Role | None:
    """Return the role from yes and no to one question for each role."""
    texts = [(role, notes.row.replace_answer("role", text)) for role, text in asked]
    said: set[Role] = {role for role, text in texts if _read_confirmation(text, role).value == role}
    if not said:
        notes.add("refused", "role", "the row must say yes to one of the roles")
        return None
    return "either" if len(said) > 1 else said.pop()
