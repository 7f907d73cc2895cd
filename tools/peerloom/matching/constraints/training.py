"""Constraint `training`: both have done the training that is required of them."""

from peerloom.matching.constraints.constraint import PersonalConstraint
from peerloom.model import Participant, Role
from peerloom.text.translation import gettext as _
from peerloom.text.translation import mark


class Training(PersonalConstraint):
    """Each has completed the cohort's modules for their role, where training is required."""

    id = "training"
    sentence = mark(
        "Both have done the training that the cohort asks of them, where it says "
        "'training_required'."
    )
    how_to_lift = mark("finish the modules that are missing under 'training'")
    label = mark("training that one of the two has not done")
    summary_for_many = (
        mark(
            "{names} are unmatched because they, or every mentor, "
            "have not done the required training"
        ),
        mark("remind them, or set 'training_required: false' in the cohort's file"),
    )

    def explain_not_ready(self, person: Participant, role: Role) -> str | None:
        """A reason for somebody who has not done a module."""
        cohort = self.data.applicants.cohort
        modules = self.data.applicants.program.training
        done = {record.module for record in person.training}
        asked = cohort.training if cohort.matching.training_required else ()
        is_missing = any(
            id_ in modules and {role, "either"} & {*modules[id_].roles} and id_ not in done
            for id_ in asked
        )
        return _("they have not done the training that is asked of them") if is_missing else None
