"""Criterion `questions`: answers to the program's own questions that a cohort matches by."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from peerloom.matching.applicant_data import ApplicantData
from peerloom.matching.arrays import Bools, Floats, Ints
from peerloom.matching.criteria.criterion import Criterion
from peerloom.model import OwnAnswer, Participant, ProgramQuestion, QuestionMatch
from peerloom.program_questions import CLOSED_KINDS, questions_about
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark


class ProgramQuestions(Criterion):
    """The mean over the questions that both answered, by the weight that each has in the cohort."""

    id = "questions"
    sentence = mark("answers to the program's own questions that the cohort matches by")
    fields = ("answers",)
    is_private = True

    def __init__(self, data: ApplicantData) -> None:
        super().__init__(data)
        known = questions_about(data.applicants.program.settings.questions, "participant")
        by_id = {question.id: question for question in known if question.kind in CLOSED_KINDS}
        self._compared = [
            _Compared(by_id[wanted.question], wanted, data)
            for wanted in data.settings.questions
            if wanted.question in by_id
        ]

    def score(self, seekers: Ints, mentors: Ints) -> Floats:
        """Not a number where there is no question that both answered."""
        sums, weights = np.zeros(len(seekers)), np.zeros(len(seekers))
        for compared in self._compared:
            scores = compared.score(seekers, mentors)
            is_known = ~np.isnan(scores)
            sums += np.where(is_known, scores, 0) * compared.weight
            weights += is_known * compared.weight
        means = np.full(len(seekers), np.nan)
        np.divide(sums, weights, out=means, where=weights > 0)
        return means

    def explain(self, seeker: int, mentor: int) -> Iterator[str]:
        """The questions of which both gave the answers that the cohort prefers."""
        one, other = np.array([seeker]), np.array([mentor])
        for compared in self._compared:
            if compared.score(one, other)[0] == 1:
                preferred = _("Answered as preferred ({prefer}): {question}")
                yield preferred.format(prefer=compared.prefer, question=compared.label)


class _Compared:
    """One question: the places of everybody's answer among its choices or on its scale.

    A row has a column for each place. Of a team counts what any of them answered.
    """

    def __init__(
        self, question: ProgramQuestion, wanted: QuestionMatch, data: ApplicantData
    ) -> None:
        self.label = question.label
        self.prefer = wanted.prefer
        self.weight = wanted.weight
        self._places = _list_places(question)
        self._has_order = question.kind != "several_choices"
        self._seekers = self._mark_answers(question, data.seekers)
        self._mentors = self._mark_answers(question, [(person,) for person in data.mentors])

    def _mark_answers(
        self, question: ProgramQuestion, owners: Sequence[Sequence[Participant]]
    ) -> Bools:
        marked = np.zeros((len(owners), max(1, len(self._places))), dtype=np.bool_)
        for row, people in enumerate(owners):
            for person in people:
                for part in _parts(person.answers.get(question.id)):
                    if part in self._places:
                        marked[row, self._places[part]] = True
        return marked

    def score(self, seekers: Ints, mentors: Ints) -> Floats:
        """For each two between 0 and 1, or not a number where one of them has not answered."""
        ours, theirs = self._seekers[seekers], self._mentors[mentors]
        is_known = ours.any(axis=1) & theirs.any(axis=1)
        if self.prefer == "near" and self._has_order:
            scores = self._nearness(ours, theirs)
        else:
            scores = _overlap(ours, theirs)
            scores = 1 - scores if self.prefer == "different" else scores
        return np.where(is_known, scores, np.nan)

    def _nearness(self, ours: Bools, theirs: Bools) -> Floats:
        """1 where the two are at one place, 0 where they are at the two ends.

        Of several places of a team, the mean counts.
        """
        places = np.arange(ours.shape[1])
        one, other = (
            (marked * places).sum(axis=1) / np.maximum(1, marked.sum(axis=1))
            for marked in (ours, theirs)
        )
        distance: Floats = 1 - np.abs(one - other) / max(1, ours.shape[1] - 1)
        return distance


def _overlap(ours: Bools, theirs: Bools) -> Floats:
    """The share of the places that both have among those that either has (Jaccard's index)."""
    both, either = (ours & theirs).sum(axis=1), (ours | theirs).sum(axis=1)
    share: Floats = both / np.maximum(1, either)
    return share


def _list_places(question: ProgramQuestion) -> Mapping[OwnAnswer, int]:
    if question.kind != "scale":
        return {choice: place for place, choice in enumerate(question.choices)}
    scale = question.scale
    steps = range(scale.lowest, scale.highest + 1) if scale else ()
    return {step: place for place, step in enumerate(steps)}


def _parts(answer: OwnAnswer | None) -> tuple[OwnAnswer, ...]:
    if answer is None:
        return ()
    return answer if isinstance(answer, tuple) else (answer,)
