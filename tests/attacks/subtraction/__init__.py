"""The attacker who keeps all that is ever published, and subtracts."""

from collections.abc import Iterable

from attacks.subtraction.confidences import (
    list_calls_for_help,
    list_confidences,
    list_goal_steps,
    list_reasons,
)
from attacks.subtraction.constructs import attack_constructs
from attacks.subtraction.counts import (
    attack_calls_for_help,
    attack_goal_steps,
    attack_reasons,
    attack_score,
)
from attacks.subtraction.finding import Finding
from attacks.subtraction.margins import attack_changes
from attacks.subtraction.means import FindScale, attack_means
from attacks.subtraction.publications import Publication
from attacks.subtraction.statuses import (
    attack_aims,
    attack_asked,
    attack_hidden_pairs,
    attack_statuses,
)
from attacks.subtraction.words import Group
from peerloom.records import Program


def attack_publications(
    program: Program, cohort: str, publications: Iterable[Publication]
) -> list[Finding]:
    """What can be worked out about single people of a cohort from all that was published.

    Who has reports for members is a member, who sees the status of each pair anyway.
    """
    kept = tuple(sorted(publications, key=lambda each: each.day))
    is_member = any(each.audience == "members" for each in kept)
    confidences = list_confidences(program, cohort)
    find_scale = _find_scales(program)
    begun = [pair for pair in program.pairs_of(cohort) if pair.status != "proposed"]
    return [
        *attack_means(kept, confidences, find_scale),
        *attack_changes(kept, find_scale),
        *attack_constructs(kept, find_scale),
        *attack_calls_for_help(kept, list_calls_for_help(program, cohort)),
        *attack_reasons(kept, list_reasons(program, cohort)),
        *attack_goal_steps(kept, list_goal_steps(program, cohort)),
        *attack_score(kept, {pair.id: len(pair.goals) for pair in begun}),
        *([] if is_member else attack_statuses(kept)),
        *([] if is_member else attack_aims(kept)),
        *([] if is_member else attack_asked(kept)),
        *attack_hidden_pairs(kept),
    ]


def _find_scales(program: Program) -> FindScale:
    """From which number to which one the values of a group go; a construct's are sums."""
    scales = {
        f"{survey.id}/{item.id}": (item.scale.lowest, item.scale.highest)
        for survey in program.surveys.values()
        for item in survey.items
        if item.scale
    }

    def find_scale(group: Group) -> tuple[int, int]:
        survey, _, items = group[1].rpartition("/")
        each = [scales.get(f"{survey}/{item}", (1, 5)) for item in items.split("+")]
        return sum(low for low, _ in each), sum(high for _, high in each)

    return find_scale
