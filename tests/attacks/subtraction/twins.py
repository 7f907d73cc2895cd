"""A program's twin, in which everything is different that an audience must not know.

A site of the one that differs from a site of the other tells its readers something. Both have the
same published figures, which are kept in records.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from peerloom.model import Audience, CheckIn, GoalProgress, Pair, Response
from peerloom.records import Program

# What a pair below coordinators could as well be.
_OTHER_STATUS: Mapping[str, Any] = {"completed": "ended_early", "ended_early": "completed"}


def make_twin(program: Program, audience: Audience) -> Program:
    """The program with other ratings, answers, calls for help and reasons, for members.

    For the public, pairs that completed have ended early and the other way around, none pauses,
    and every goal has reached another step.
    """
    is_public = audience == "public"
    return replace(
        program,
        check_ins=tuple(_change_check_in(each, is_public) for each in program.check_ins),
        pairs={key: _change_pair(pair, is_public) for key, pair in program.pairs.items()},
        responses=tuple(_change_response(each) for each in program.responses),
    )


def _change_check_in(check_in: CheckIn, is_public: bool) -> CheckIn:
    asks = bool(check_in.support_wanted or check_in.support_note)
    changed = replace(
        check_in,
        fit="good" if check_in.fit != "good" else "not_good",
        challenges="Something else.",
        support_wanted=not asks,
        support_note=None if asks else "Please call.",
        ratings=check_in.ratings
        and replace(
            check_in.ratings,
            useful=_reverse(check_in.ratings.useful),
            relationship=_reverse(check_in.ratings.relationship),
        ),
    )
    if not is_public:
        return changed
    return replace(changed, goals=tuple(_change_step(progress) for progress in check_in.goals))


def _reverse(rating: int | None) -> int | None:
    return None if rating is None else 6 - rating if rating != 3 else 1


def _change_step(progress: GoalProgress) -> GoalProgress:
    return replace(progress, level=2 if (progress.level or 0) <= 0 else -1)


def _change_pair(pair: Pair, is_public: bool) -> Pair:
    reason: Any = None
    if pair.end_reason:
        reason = "time" if pair.end_reason != "time" else "poor_fit"
    changed = replace(pair, end_reason=reason, end_note=None)
    if not is_public:
        return changed
    status = "active" if pair.status == "paused" else _OTHER_STATUS.get(pair.status, pair.status)
    return replace(changed, status=status, pauses=())


def _change_response(response: Response) -> Response:
    waves = tuple(
        replace(
            wave,
            answers={
                item: 6 - answer if isinstance(answer, int) and 1 <= answer <= 5 else answer
                for item, answer in wave.answers.items()
            },
        )
        for wave in response.waves
    )
    return replace(response, waves=waves)
