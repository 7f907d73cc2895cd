"""What makes a match better. The order here is that of the weights in `model.Weights`."""

from peerloom.matching.criteria.closeness import Closeness
from peerloom.matching.criteria.criterion import Criterion
from peerloom.matching.criteria.declared import DeclaredAttribute
from peerloom.matching.criteria.experience import Experience
from peerloom.matching.criteria.goals import Goals
from peerloom.matching.criteria.languages import Languages
from peerloom.matching.criteria.preference import Preference
from peerloom.matching.criteria.questions import ProgramQuestions
from peerloom.matching.criteria.shared_hours import SharedHours
from peerloom.matching.criteria.skills import Skills

CRITERIA: tuple[type[Criterion], ...] = (
    Skills,
    Goals,
    SharedHours,
    Languages,
    Closeness,
    Experience,
    Preference,
    DeclaredAttribute,
    ProgramQuestions,
)

__all__ = ["CRITERIA", "Criterion"]
