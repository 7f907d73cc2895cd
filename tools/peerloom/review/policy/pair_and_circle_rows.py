"""Who may change pairs and circles."""

from peerloom.review.policy.row import (
    ASK_A_COORDINATOR,
    COORDINATOR,
    NO,
    PAIR_PEOPLE,
    WAIT,
    YES,
    PolicyRow,
)
from peerloom.text.translation import mark

_PAIR = "content/pairs/<cohort>/<id>.yml"
_CIRCLE = "content/circles/<cohort>/<id>.yml"

PAIR_AND_CIRCLE_ROWS: tuple[PolicyRow, ...] = (
    PolicyRow(
        "pair",
        _PAIR,
        "of their own pair: goals, the agreement with their own expectations, answers to the "
        "program's own questions, and the stories that they tell",
        *(YES, YES, YES, NO),
        mark("only the two of a pair write this"),
        ASK_A_COORDINATOR,
    ),
    PolicyRow(
        "pair's course",
        _PAIR,
        "of their own pair: status, dates, pauses, match, team; "
        "goals and agreement once it is over",
        *(YES, YES, COORDINATOR, NO),
        mark(
            "a coordinator keeps how a pair began, paused and ended, "
            "and what it had reached by then"
        ),
        WAIT,
    ),
    PolicyRow(
        "pair's people",
        _PAIR,
        "of their own pair: " + ", ".join(PAIR_PEOPLE),
        *(YES, YES, NO, NO),
        mark("the people of a pair are not for one of them to change"),
        mark("put it back as it was; if it is wrong, ask a coordinator"),
    ),
    PolicyRow(
        "other's words",
        _PAIR,
        "of their own pair: expectations and stories that name the other under 'by', changed, "
        "added or taken away",
        *(YES, YES, NO, NO),
        mark("what the other expects or tells is theirs to write, and is shown as their own words"),
        mark("put it back as it was; the other can change it, or a coordinator"),
    ),
    PolicyRow(
        "somebody's pair",
        _PAIR,
        "another pair, or a new one: proposed, or beginning with the merge",
        *(YES, YES, NO, NO),
        mark("coordinators match people, and each pair keeps its own record"),
        ASK_A_COORDINATOR,
    ),
    PolicyRow(
        "circle",
        _CIRCLE,
        "of a circle that they facilitate: meetings; of one that they are a member of: a meeting "
        "from today on, with only their own attendance and case in it",
        *(YES, YES, YES, NO),
        mark("only the people of a circle write about its meetings"),
        ASK_A_COORDINATOR,
    ),
    PolicyRow(
        "circle's past",
        _CIRCLE,
        "of a circle that they are only a member of: meetings before today, who else came, whose "
        "case it was, existing notes, and meetings taken away or put in another order",
        *(YES, YES, COORDINATOR, NO),
        mark("what a circle did, and who came, is for its facilitators or a coordinator to change"),
        WAIT,
    ),
    PolicyRow(
        "circle's course",
        _CIRCLE,
        "of such a circle: everything else",
        *(YES, YES, COORDINATOR, NO),
        mark("a coordinator decides who is in a circle, what it is for and how it goes on"),
        WAIT,
    ),
    PolicyRow(
        "somebody's circle",
        _CIRCLE,
        "another circle, or a new one: proposed, or beginning with the merge",
        *(YES, YES, NO, NO),
        mark("you are not in this circle"),
        ASK_A_COORDINATOR,
    ),
    PolicyRow(
        "follow-up",
        "content/follow-ups/<cohort>/<pair>.yml",
        "what coordinators did about a pair after a signal",
        *(YES, YES, NO, NO),
        mark("it is for coordinators to say what they did"),
        ASK_A_COORDINATOR,
    ),
)
