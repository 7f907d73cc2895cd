"""Reading the skills that somebody offers or wants, and other lists of short words."""

from typing import Any

from peerloom.diagnostic import quoted
from peerloom.intake.answer_notes import AnswerNotes
from peerloom.intake.cleaning import single_line
from peerloom.intake.result import ImportNote, ParsedAnswer
from peerloom.intake.sheet_rows import name_topic
from peerloom.intake.skill_vocabulary import SkillVocabulary
from peerloom.intake.values.fillers import is_filler
from peerloom.intake.values.skills import says_what_is_not_so, split_skills
from peerloom.intake.values.ticks import ask_rating, read_rating, read_tick
from peerloom.intake.wordings import SKILL_COLUMN
from peerloom.model import Role

# What the schema of participants allows.
_MAX_WORD_LENGTH = 200


def read_skill_answers(
    notes: AnswerNotes, name: str, role: Role | None, vocabulary: SkillVocabulary
) -> tuple[list[dict[str, str]], list[str]]:
    """Return the skills of the vocabulary that a row names, and its other words for skills.

    New words are counted in `vocabulary`.
    """
    known: dict[str, dict[str, str]] = {}
    others: list[str] = []
    whole = notes.row.replace_answer(name, notes.row[name])
    answers = [] if is_filler(whole) else split_skills(whole, vocabulary)
    for answer in [*answers, *_ticked_topics(notes, name, role)]:
        accepted = notes.row.replace_answer(name, answer)
        if not accepted:
            continue
        if says_what_is_not_so(accepted) and not vocabulary.find_skill(accepted).value:
            notes.add("left_out", name, f"{quoted(single_line(answer))} says what is not so")
            continue
        skill = _take_skill(notes, name, answer, vocabulary.find_skill(accepted))
        if skill is None:
            others.append(accepted)
        else:
            known.setdefault(skill["skill"], skill)
    others = keep_short_words(notes, name, others)
    vocabulary.count_new_skills(others)
    return list(known.values()), others


def _take_skill(notes: AnswerNotes, name: str, answer: str, parsed: ParsedAnswer) -> Any:
    if parsed.kind:
        meaning = _write_skill(parsed.value)
        note = notes.row.note(
            parsed.kind, name, parsed.message, parsed.help, answer=answer, meaning=meaning
        )
        notes.notes.append(note)
    return parsed.value


def _write_skill(skill: Any) -> str:
    """Return a skill of the vocabulary as somebody could have written it: `python (expert)`."""
    if not skill:
        return ""
    return f"{skill['skill']} ({skill['level']})" if skill.get("level") else str(skill["skill"])


def _ticked_topics(notes: AnswerNotes, name: str, role: Role | None) -> list[str]:
    """Return the topics with a tick that somebody of this role offers or wants."""
    fits = {"mentor": "skills_offered", "mentee": "skills_wanted"}
    topics = notes.row.parts.get(SKILL_COLUMN, ())
    is_asked = bool(role and fits.get(role) == name)
    ticked = [topic for topic, text in topics if _is_ticked(notes, topic, text, asks=is_asked)]
    if role == "either" and ticked and name == "skills_offered":
        message = "whether these topics are offered or wanted is not said"
        help_ = "add them to the record by hand, for somebody who would be either"
        notes.add("left_out", SKILL_COLUMN, message, help_)
    return ticked if is_asked else []


def _is_ticked(notes: AnswerNotes, topic: str, text: str, *, asks: bool) -> bool:
    """Whether a cell marks its topic. What a rating or another text means has to be asked."""
    row = notes.row
    header = row.topic_headers.get(topic, topic)
    said = row.replace_answer(name_topic(header), text)
    is_rating = topic in row.rated_topics and read_rating(said) is not None
    tick = ask_rating(said) if is_rating else read_tick(said, topic)
    if tick.certainty == "ask" and asks:
        notes.notes.append(
            ImportNote(
                kind="asked",
                row=row.number,
                column=header,
                message=tick.message,
                answer=text,
                choices=("yes", "no"),
            )
        )
    return tick.value is True


def keep_short_words(notes: AnswerNotes, name: str, words: list[str]) -> list[str]:
    """Return the words that are short enough for a list, and note those that are not."""
    for word in words:
        if len(word) > _MAX_WORD_LENGTH:
            message = f"one of several answers must have at most {_MAX_WORD_LENGTH} characters,"
            message += f" and {quoted(word[:40] + '…')} has {len(word)}"
            notes.add("left_out", name, message, "put a ';' between answers")
    words = [single_line(word) for word in words if len(word) <= _MAX_WORD_LENGTH]
    return [word for word in words if not is_filler(word)]
