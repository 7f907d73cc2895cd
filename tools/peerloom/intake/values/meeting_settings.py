"""Where people want to meet: remotely, in person, or either."""

import re

from peerloom.diagnostic import quoted
from peerloom.intake.cleaning import single_line
from peerloom.intake.values.answer import (
    NO_ANSWER,
    AnswerValue,
    ask_meaning,
    certain_value,
    leave_out,
)
from peerloom.intake.values.fillers import is_filler
from peerloom.intake.values.wording import plain_words
from peerloom.model import MeetingSetting

_REMOTE = re.compile(
    r"\b(?:remote(?:ly)?|online|on line|virtual(?:ly|mente)?|video(?: calls?)?|zoom|teams|web|"
    r"digital|distance|a distancia|en linea|en ligne|a distance|distanciel|remoto|"
    r"remota|meet)\b"
)
_IN_PERSON = re.compile(
    r"\b(?:in person|face to face|f2f|on ?site|offline|physical(?:ly)?|vor ort|presencial|"
    r"prasenz|personlich|en persona|en personne|presentiel|in presenza|pessoalmente)\b"
)
_HYBRID = re.compile(
    r"\b(?:hybrid|hybride|hibrid[oa]|both|either|any|mixed|no preference|beides|egal|ambos|"
    r"les deux|indifferent|flexible|flexibel|cualquiera|qualquer|tanto faz|"
    r"doesnt matter|dont mind)\b"
)
_CONDITION = re.compile(r"\b(?:not|no(?! preference)|never|except|only if|nicht|kein|pas|nao)\b")


def read_meeting_setting(text: str) -> AnswerValue[MeetingSetting]:
    """Return `remote`, `in_person`, or `hybrid` where both are named or would do."""
    if is_filler(text, "closed"):
        return NO_ANSWER
    words = plain_words(text)
    shown = quoted(single_line(text))
    is_remote, is_in_person = bool(_REMOTE.search(words)), bool(_IN_PERSON.search(words))
    choices: tuple[MeetingSetting, ...] = ("remote", "in_person", "hybrid")
    if not (is_remote or is_in_person or _HYBRID.search(words)):
        return leave_out(f"{shown} must be remote, in person or hybrid")
    if _CONDITION.search(words) or len(words.split()) > 8:
        return ask_meaning(f"{shown} must be remote, in person or hybrid", choices)
    if _HYBRID.search(words) or (is_remote and is_in_person):
        return certain_value("hybrid")
    return certain_value("remote" if is_remote else "in_person")
