"""What people have to know when somebody withdraws what they agreed to."""

from collections.abc import Iterator
from typing import Literal

from peerloom.model import ConsentPart, Participant
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
