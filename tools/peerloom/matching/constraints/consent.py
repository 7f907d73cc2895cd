"""Constraint `consent`: both agreed to take part."""

from peerloom.matching.arrays import Ints
from peerloom.matching.constraints.constraint import PersonalConstraint
from peerloom.model import Participant, Role
from peerloom.text.phrases import join_words
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark


class ConsentToMatching(PersonalConstraint):
    """Each has a `consent` in their record, of which not everything is withdrawn."""

    id = "consent"
    sentence = mark("Both agreed to take part and said who may see them.")
    how_to_lift = mark("ask them, and write 'consent'")
    label = mark("no 'consent' in the record of one of the two")
    summary_for_many = (
        mark("{names} are unmatched because a record has no 'consent'"),
        mark("ask them; then import their sheet again with '--show members', or write 'consent'"),
    )

    def explain_not_ready(self, person: Participant, role: Role) -> str | None:
        """A reason for somebody who has not agreed."""
        del role
        if person.agrees_to_take_part:
            return None
        withdrew = _("they withdrew everything that they had agreed to")
        return withdrew if person.consent else _("they have not agreed to take part")

    def suggest_change(self, seeker: int, mentors: Ints) -> str:
        """Whom to ask: those of the seeker who did not agree, and one mentor if no mentor did."""
        silent = [p.name for p in self.data.seekers[seeker] if not p.agrees_to_take_part]
        if not any(self.data.mentors[n].agrees_to_take_part for n in mentors):
            silent.append(self.data.mentor_name(int(mentors[0])))
        ask = _("ask {names} and write 'consent' in their record")
        return ask.format(names=join_words(silent))
