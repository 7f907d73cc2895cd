"""Headers that ask about somebody else: `Your manager's email`, `Name of parent or guardian`."""

import re

from peerloom.intake.cleaning import fold_text
from peerloom.intake.values.wording import plain_words

_OWNED = re.compile(
    r"(?<![^\W\d_])(?!(?:what|who|where|how|it|that|here|there|let|when|which)['’ʼ`´]s)"
    r"[^\W\d_]+(?:['’ʼ`´]s|s['’ʼ`´])(?!\w)"
)
_PEOPLE = re.compile(
    r"\b(?:managers?|supervisors?|boss|superior|parents?|guardians?|spouses?|referees?|"
    r"referrers?|sponsors?|nominators?|nominated|colleagues?|assistants?|secretary|teachers?|"
    r"professors?|advisors?|advisers?|next of kin|friends?|clients?|"
    r"(?:mentors?|mentees?) (?:should|must|to have|to speak|to be|has|have|needs?)|"
    r"(?:in|for|of) (?:a|your|my) (?:mentor|mentee)|"
    r"vorgesetzten?|chef|chefin|jefe|jefa|chefe|superieur|responsable|padres)\b"
)


def names_somebody_else(header: str) -> bool:
    """Whether a header says whose answer is asked for, and it is not that of who answers."""
    text = fold_text(header)
    return bool(_OWNED.search(text) or _PEOPLE.search(plain_words(text)))
