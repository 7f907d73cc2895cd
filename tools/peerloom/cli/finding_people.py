"""The participant whom a command is about, or why there is none."""

import os

from peerloom.cli.printing import refuse
from peerloom.diagnostic import did_you_mean, quoted
from peerloom.model import Participant
from peerloom.records import Program


def refuse_in_a_log() -> None:
    """End the command where a workflow runs it, because others could read what it prints."""
    if os.environ.get("GITHUB_ACTIONS") == "true":
        refuse(
            "everybody who can read the repository could read this in the log of the workflow; "
            "run it on a computer of yours, or in a Codespace"
        )


def find_participant_or_exit(program: Program, id_: str) -> Participant:
    """Return the participant with an id. Ends the command where there is none, or a tombstone."""
    person = program.participants.get(id_)
    if person is None:
        refuse(f"there is no participant {quoted(id_)}; {_explain_missing_person(program, id_)}")
    if person.forgotten_on is not None:
        refuse(
            f"{quoted(id_)} stands for somebody who was forgotten on "
            f"{person.forgotten_on.isoformat()}; nothing else is held about them"
        )
    return person


def _explain_missing_person(program: Program, id_: str) -> str:
    near = did_you_mean(id_, program.participants)
    if near:
        return near
    if any(person.forgotten_on for person in program.participants.values()):
        return (
            "ids are the names of the files in content/participants, and whoever was forgotten "
            "before has none"
        )
    return "ids are the names of the files in content/participants"
