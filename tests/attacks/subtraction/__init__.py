"""The attacker who keeps all that is ever published, and subtracts."""

from collections.abc import Iterable

from attacks.subtraction.confidences import (
    Group,
    list_calls_for_help,
    list_confidences,
    list_goal_steps,
    list_reasons,
)
from attacks.subtraction.counts import (
    attack_calls_for_help,
    attack_goal_steps,
    attack_reasons,
)
from attacks.subtraction.finding import Finding
from attacks.subtraction.means import Scales, attack_means
from attacks.subtraction.publications import Publication
from attacks.subtraction.statuses import attack_hidden_pairs, attack_statuses
from peerloom.records import Program


def attack_publications(
    program: Program, cohort: str, publications: Iterable[Publication]
) -> list[Finding]:
    """What can be worked out about single people of a cohort from all that was published."""
    kept = tuple(publications)
    confidences = list_confidences(program, cohort)
    return [
        *attack_means(kept, confidences, _find_scales(program, confidences)),
        *attack_calls_for_help(kept, list_calls_for_help(program, cohort)),
        *attack_reasons(kept, list_reasons(program, cohort)),
        *attack_goal_steps(kept, list_goal_steps(program, cohort)),
        *attack_statuses(kept),
        *attack_hidden_pairs(kept),
    ]


def _find_scales(program: Program, groups: Iterable[Group]) -> Scales:
    """From which number to which one the values of each group go."""
    scales = {
        f"{survey.id}/{item.id}": (item.scale.lowest, item.scale.highest)
        for survey in program.surveys.values()
        for item in survey.items
        if item.scale
    }
    return {(kind, name): scales.get(name, (1, 5)) for kind, name in groups}
