"""Criterion `languages`: whether the mentor speaks the mentee's first language."""

from collections.abc import Iterator, Sequence

import numpy as np

from peerloom.matching.arrays import Floats, Ints, number_values
from peerloom.matching.criteria.criterion import TableCriterion
from peerloom.model import Participant
from peerloom.text.languages import language_name, primary_languages
from peerloom.text.phrases import join_words
from peerloom.text.translation import mark, ngettext

# The first language of each of some people, and all of their languages.
_Spoken = tuple[tuple[str, ...], frozenset[str]]


class Languages(TableCriterion):
    """Half for a language in common, half for the first that each of the mentees named."""

    id = "languages"
    sentence = mark(
        "whether the mentor speaks the mentee's first language, or only another of theirs"
    )
    fields = ("languages",)
    is_in_summary = True

    def build_table(self) -> tuple[Ints, Ints, Floats]:
        """A table by distinct sets of languages; not a number if a side named none."""
        ours: dict[_Spoken, int] = {}
        theirs: dict[_Spoken, int] = {}
        rows = number_values([_spoken_by(people) for people in self.data.seekers], ours)
        columns = number_values([_spoken_by((person,)) for person in self.data.mentors], theirs)
        table = np.full((len(ours), len(theirs)), np.nan)
        for (first_languages, spoken), row in ours.items():
            for (_, mentor_speaks), column in theirs.items():
                if first_languages and mentor_speaks:
                    first = sum(tag in mentor_speaks for tag in first_languages)
                    is_shared = bool(spoken & mentor_speaks)
                    table[row, column] = 0.5 * is_shared + 0.5 * first / len(first_languages)
        return rows, columns, table

    def explain(self, seeker: int, mentor: int) -> Iterator[str]:
        """The languages that all of them named."""
        people = self.data.seekers[seeker]
        others = [primary_languages(person.languages) for person in people]
        spoken = primary_languages(self.data.mentors[mentor].languages)
        shared = [language_name(tag) for tag in spoken if all(tag in each for each in others)]
        if shared:
            sentence = ngettext("Both speak {languages}", "They all speak {languages}", len(people))
            yield sentence.format(languages=join_words(shared))


def _spoken_by(people: Sequence[Participant]) -> _Spoken:
    spoken = [primary_languages(person.languages) for person in people if person.languages]
    return tuple(dict.fromkeys(each[0] for each in spoken)), frozenset().union(*spoken)
