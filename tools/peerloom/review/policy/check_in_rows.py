"""Who may change check-ins."""

from peerloom.review.policy.row import (
    COORDINATOR,
    MAINTAINER,
    NO,
    OPEN_DAYS,
    SIGN_UP_FIRST,
    WAIT,
    YES,
    PolicyRow,
)
from peerloom.text.translation import mark

_CHECK_IN = "content/check-ins/<cohort>/<pair>/<due date>-<participant>.yml"

CHECK_IN_ROWS: tuple[PolicyRow, ...] = (
    PolicyRow(
        "check-in",
        _CHECK_IN,
        f"their own check-in, that was due at most {OPEN_DAYS} days before it came in",
        *(YES, YES, YES, NO),
        mark("a check-in comes from one of the pair"),
        SIGN_UP_FIRST,
    ),
    PolicyRow(
        "old check-in",
        _CHECK_IN,
        f"their own check-in, that was due more than {OPEN_DAYS} days before it came in",
        *(YES, YES, COORDINATOR, NO),
        mark("it was due more than {days} days before, and reports may already rely on it"),
        WAIT,
        {"days": OPEN_DAYS},
    ),
    PolicyRow(
        "late check-in",
        _CHECK_IN,
        "their own new check-in that came in after its days of grace: it never merges itself",
        *(YES, YES, YES, NO),
        mark("a check-in comes from one of the pair"),
        SIGN_UP_FIRST,
    ),
    PolicyRow(
        "early check-in",
        _CHECK_IN,
        "their own new check-in that came in before the previous one was due",
        *(YES, YES, COORDINATOR, NO),
        mark("it came in before the previous one was due"),
        WAIT,
    ),
    PolicyRow(
        "said day",
        _CHECK_IN,
        "in their own check-in: answered_on, more than a day from when it came in",
        *(YES, YES, COORDINATOR, NO),
        mark("it says that it was answered on another day than it came in"),
        WAIT,
    ),
    PolicyRow(
        "meeting day",
        _CHECK_IN,
        "in their own check-in: a meeting before the pair began, after it ended, or still to come",
        *(YES, YES, COORDINATOR, NO),
        mark("it reports a meeting before the pair began, after it ended, or still to come"),
        WAIT,
    ),
    PolicyRow(
        "receipt",
        _CHECK_IN,
        "in any check-in: received_on and received_by, as a coordinator's word",
        *(YES, YES, NO, NO),
        mark("when a check-in came in is not for its author to say"),
        mark(
            "put 'received_on' and 'received_by' back as they were, or leave them out of a new one"
        ),
    ),
    PolicyRow(
        "program's receipt",
        _CHECK_IN,
        "in any check-in: received_on and received_by, as the word of GitHub or Git",
        *(MAINTAINER, MAINTAINER, NO, NO),
        mark("only the program notes when GitHub or Git received a check-in"),
        mark(
            "put 'received_on' and 'received_by' back as they were, or leave them out of a new one"
        ),
    ),
    PolicyRow(
        "somebody's check-in",
        _CHECK_IN,
        "somebody else's check-in",
        *(YES, YES, NO, NO),
        mark("people answer only for themselves"),
        mark("take it out of this pull request; your own file's name ends with your id"),
    ),
)
