"""Who may change the records of participants."""

from peerloom.review.policy.row import (
    ASK_A_COORDINATOR,
    ASK_THE_PROGRAM,
    COORDINATOR,
    COORDINATORS_WORDS,
    NO,
    OWN_ACCOUNT,
    OWN_WORDS,
    WAIT,
    YES,
    PolicyRow,
)
from peerloom.text.translation import mark

_PARTICIPANT = "content/participants/<id>.yml"

PARTICIPANT_ROWS: tuple[PolicyRow, ...] = (
    PolicyRow(
        "sign-up",
        _PARTICIPANT,
        "a new record that names the author's own GitHub account, which no other record does",
        *(YES, YES, NO, YES),
        mark("you have a record already"),
        mark("change the record that you have"),
    ),
    PolicyRow(
        "early sign-up",
        _PARTICIPANT,
        "a new record for a cohort whose 'applications' are not open yet",
        *(YES, YES, NO, COORDINATOR),
        mark("applications for the cohort are not open yet"),
        WAIT,
    ),
    PolicyRow(
        "late sign-up",
        _PARTICIPANT,
        "a new record for a cohort whose 'applications' are closed, or which is over",
        *(YES, YES, NO, COORDINATOR),
        mark("applications for the cohort are closed, or it is over"),
        WAIT,
    ),
    PolicyRow(
        "decided sign-up",
        _PARTICIPANT,
        "a new record for a cohort that selects, in which the 'state' is not applied, or "
        "'applied_on' is before the day on which it was sent",
        *(YES, YES, NO, COORDINATOR),
        mark("coordinators choose who takes part in this cohort, and who is asked first"),
        mark(
            "write 'state: applied' beside the cohort, with no 'applied_on' before today, or wait "
            "for a coordinator"
        ),
    ),
    PolicyRow(
        "like another",
        _PARTICIPANT,
        "a name or an id, in a new record or changed in their own, that is or looks like "
        "somebody else's",
        *(YES, YES, COORDINATOR, COORDINATOR),
        mark(
            "the name or the id is like another one that is known here, and might be taken for it"
        ),
        WAIT,
    ),
    PolicyRow(
        "person",
        _PARTICIPANT,
        "a new record that names another account, or none",
        *(YES, YES, NO, NO),
        mark("a new record must name the GitHub account that it comes from"),
        mark("if it is your own sign-up, add the line 'github: ' with your login"),
    ),
    PolicyRow(
        "own words",
        _PARTICIPANT,
        "in their own record: "
        + ", ".join(OWN_WORDS)
        + "; github and github_id if they become the author's own account",
        *(YES, YES, YES, NO),
        mark("it is somebody's own record"),
        ASK_A_COORDINATOR,
    ),
    PolicyRow(
        "own cohorts",
        _PARTICIPANT,
        "in their own record: cohorts, imported, and whatever else no other row is about",
        *(YES, YES, COORDINATOR, NO),
        mark("a coordinator decides who takes part in which cohort, and in which role"),
        WAIT,
    ),
    PolicyRow(
        "own account",
        _PARTICIPANT,
        "in their own record: " + ", ".join(OWN_ACCOUNT),
        *(YES, NO, NO, NO),
        mark("'id', 'github' and 'github_id' say who a record belongs to"),
        mark("put them back as they were; if they are wrong, ask a coordinator"),
    ),
    PolicyRow(
        "coordinators' note",
        _PARTICIPANT,
        "in any record, also a new one: " + ", ".join(COORDINATORS_WORDS),
        *(YES, YES, NO, NO),
        mark("only coordinators write this about somebody"),
        mark("put it back as it was, or leave it out of a new record"),
    ),
    PolicyRow(
        "somebody's account",
        _PARTICIPANT,
        "in somebody else's record: github and github_id, except to add a login that is no "
        "coordinator's to a record without either",
        *(YES, NO, NO, NO),
        mark("'github' and 'github_id' say who a record belongs to, and who is a coordinator"),
        ASK_THE_PROGRAM,
    ),
    PolicyRow(
        "somebody's record",
        _PARTICIPANT,
        "somebody else's record",
        *(YES, YES, NO, NO),
        mark("this record is somebody else's"),
        ASK_A_COORDINATOR,
    ),
)
