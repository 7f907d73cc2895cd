"""Which invented stories are about which signal: in each of them it must be given."""

import random
from collections.abc import Callable, Mapping

from benchmarks.trouble_stories.told_pairs import Told
from benchmarks.trouble_stories.troubled_groups import (
    tell_circle_shrinking,
    tell_circle_unled,
    tell_circle_unmet,
    tell_ending,
    tell_few_answers,
    tell_never_begun,
    tell_over_capacity,
)
from benchmarks.trouble_stories.troubled_words import (
    tell_call_for_help,
    tell_diverging,
    tell_expectations,
    tell_fall,
    tell_low_rating,
    tell_not_fitting,
    tell_three,
    tell_unsafe,
)
from benchmarks.trouble_stories.troubled_work import (
    tell_few_hours,
    tell_few_meetings,
    tell_gap,
    tell_idle,
    tell_missed,
    tell_no_goals,
    tell_no_meeting,
    tell_silent,
    tell_stuck,
    tell_unmoved_by_nudges,
)

TROUBLED: Mapping[str, tuple[Callable[[random.Random, str], Told], ...]] = {
    "no-meeting": (tell_no_meeting,),
    "gap": (tell_gap,),
    "idle": (tell_idle,),
    "few-meetings": (tell_few_meetings,),
    "missed": (tell_missed,),
    "rating": (tell_low_rating, tell_fall, tell_three),
    "diverging": (tell_diverging,),
    "fit": (tell_not_fitting,),
    "support": (tell_call_for_help,),
    "safety": (tell_unsafe,),
    "no-goals": (tell_no_goals,),
    "goal-stuck": (tell_stuck,),
    "silent": (tell_silent,),
    "no-reply-to-nudge": (tell_unmoved_by_nudges,),
    "over-capacity": (tell_over_capacity,),
    "ending": (tell_ending,),
    "survey": (tell_few_answers,),
    "expectations": (tell_expectations,),
    "few-hours": (tell_few_hours,),
    "never-begins": (tell_never_begun,),
    "circle-no-meeting": (tell_circle_unmet,),
    "circle-falling": (tell_circle_shrinking,),
    "circle-no-facilitator": (tell_circle_unled,),
}
