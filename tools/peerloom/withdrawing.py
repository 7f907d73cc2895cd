"""Withdrawing what somebody agreed to: the record after it, and what people have to know then."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from peerloom.intake.record_text import edit_record_text, parse_record
from peerloom.model import Consent, ConsentPart, Participant
from peerloom.records import Program

WithdrawnPart = Literal["everything", ConsentPart]

# What holds once a part is withdrawn, said of one person.
_CONSEQUENCES: dict[WithdrawnPart, str] = {
    "everything": "only coordinators see them, and nothing of theirs is quoted, shown or counted",
    "show": "only coordinators see them, and the pairs that they are in",
    "quote": "nothing that they said is quoted",
    "pictured": "no picture of them may be shown",
    "counted": "figures below coordinators leave them out",
}


def find_withdrawal(consent: Consent, part: WithdrawnPart) -> date | None:
    """The day on which a part was withdrawn already; None where it was not."""
    if part == "everything":
        return consent.withdrawn.everything
    return consent.withdrawn.withdrawal_of(part)


def withdrawn_record_text(text: str, part: WithdrawnPart, on: date) -> str:
    """The text of a participant's record with the day of a withdrawal; all else stays."""
    consent = parse_record(text)["consent"]
    withdrawn = {**(consent.get("withdrawn") or {}), part: on.isoformat()}
    return edit_record_text(text, {"consent": {**consent, "withdrawn": withdrawn}})


def describe_withdrawal(
    program: Program, person: Participant, part: WithdrawnPart
) -> Iterator[str]:
    """Whole sentences on what follows, and on what a withdrawal alone does not reach."""
    yield f"From now on {_CONSEQUENCES[part]}. The next build of the site does so."
    is_hidden = part in ("everything", "show")
    if is_hidden and program.settings.visibility == "public":
        yield (
            f"{program.path(person)} is in a public repository, where everybody can still read it: "
            "if they want to be gone from there, too, their record has to be erased."
        )
    told = [
        program.path(pair)
        for pair in program.pairs_with(person.id)
        if any(story.by == person.id for story in pair.stories)
    ]
    if part in ("everything", "quote") and told:
        yield f"Delete their words from {' and '.join(told)}: the site leaves them out already."
    if part in ("everything", "pictured"):
        yield "Take down pictures of them: Peerloom does not know of any."
