"""Who may change everything else."""

from peerloom.review.policy.row import (
    ASK_A_COORDINATOR,
    ASK_THE_PROGRAM,
    COHORT_COORDINATORS,
    COORDINATOR,
    MAINTAINER,
    NO,
    WAIT,
    YES,
    PolicyRow,
)
from peerloom.text.translation import mark

_SUGGESTED = "content/events/<id>.yml, content/resources/<id>.yml"
_CONTENT = "content/"
_ANYWHERE = "anywhere"

OTHER_ROWS: tuple[PolicyRow, ...] = (
    PolicyRow(
        "suggestion",
        _SUGGESTED,
        "a new event or resource that names nobody but the author",
        *(YES, YES, YES, COORDINATOR),
        mark("it comes from somebody whom the program does not know yet"),
        WAIT,
    ),
    PolicyRow(
        "suggestion for another",
        _SUGGESTED,
        "a new event or resource with somebody else under 'hosts', 'attended' or 'suggested_by'",
        *(YES, YES, NO, NO),
        mark("it names somebody else, who has not agreed to that"),
        mark("name only yourself, with your id, or leave the key out"),
    ),
    PolicyRow(
        "shared",
        "content/events/, content/resources/, content/training/, content/pages/",
        "an existing event or resource, a training module, a page or its pictures",
        *(YES, YES, COORDINATOR, COORDINATOR),
        mark("it belongs to everybody"),
        WAIT,
    ),
    PolicyRow(
        "program",
        "content/program.yml, content/readings/",
        "the program itself, and how sheets are read",
        *(YES, NO, NO, NO),
        mark("it decides how the program is run for everybody"),
        ASK_THE_PROGRAM,
    ),
    PolicyRow(
        "cohort",
        "content/cohorts/<id>.yml, content/surveys/<id>.yml, "
        "content/responses/<survey>/<cohort>/<code>.yml",
        "a cohort, surveys and the answers to them",
        *(YES, YES, NO, NO),
        mark("it decides how a cohort is run for everybody in it"),
        ASK_A_COORDINATOR,
    ),
    PolicyRow(
        "published",
        "content/published/<cohort>/<due date>-<audience>.yml",
        "figures that were published",
        *(YES, YES, NO, NO),
        mark("figures that were published are never changed by hand"),
        mark("take the change back; 'peerloom publish' writes what is to be published"),
    ),
    PolicyRow(
        "cohort's coordinators",
        "content/cohorts/<id>.yml",
        "of a cohort: " + ", ".join(COHORT_COORDINATORS),
        *(YES, NO, NO, NO),
        mark("it decides who coordinates a cohort"),
        ASK_THE_PROGRAM,
    ),
    PolicyRow(
        "no record",
        _CONTENT,
        "a file that nothing reads",
        *(YES, NO, NO, NO),
        mark("nothing reads a file of this name in this place"),
        mark("see in docs/review.md where each kind of record belongs, and move it there"),
    ),
    PolicyRow(
        "delete",
        _CONTENT,
        "a file that is deleted",
        *(MAINTAINER, MAINTAINER, NO, NO),
        mark("what is deleted cannot be reviewed"),
        mark("put the file back; if it should go, ask a coordinator"),
    ),
    PolicyRow(
        "rename",
        _CONTENT,
        "a file that is renamed or moved",
        *(MAINTAINER, MAINTAINER, NO, NO),
        mark("a file's name says whose it is"),
        mark("give the file its old name back; if it should change, ask a coordinator"),
    ),
    PolicyRow(
        "mode",
        _CONTENT,
        "a file that becomes executable, or stops being so",
        *(MAINTAINER, MAINTAINER, NO, NO),
        mark("a record is read and never run"),
        mark("give the file its old mode back (chmod 644)"),
    ),
    PolicyRow(
        "link",
        _CONTENT,
        "a symbolic link",
        *(NO, NO, NO, NO),
        mark("links are never followed"),
        mark("put the file itself there"),
    ),
    PolicyRow(
        "submodule",
        _CONTENT,
        "another repository inside this one",
        *(NO, NO, NO, NO),
        mark("another repository can change without anybody here reading it"),
        mark("put the files themselves there"),
    ),
    PolicyRow(
        "odd name",
        _ANYWHERE,
        "a name that differs from another only in capital letters, in how accents are stored "
        "or in invisible characters, or that not every computer can store",
        *(NO, NO, NO, NO),
        mark("many computers take its name for another one, or cannot store it"),
        mark("give it a name of small letters a to z, digits and hyphens that no other file has"),
    ),
    PolicyRow(
        "names another",
        _CONTENT,
        "a record whose keys name somebody or something other than its path does",
        *(NO, NO, NO, NO),
        mark("its name says one thing, and its keys name another that exists already"),
        mark("make the keys say what the file's name says"),
    ),
    PolicyRow(
        "too large",
        _ANYWHERE,
        "more than 3,000 files, or 64 MiB of records, in one pull request",
        *(MAINTAINER, MAINTAINER, MAINTAINER, MAINTAINER),
        mark("it is too large to be read here"),
        mark("split it into smaller ones, or ask a maintainer"),
    ),
    PolicyRow(
        "outside",
        "everything else",
        "everything outside content/: tools, schemas, workflows, settings of tools; in content/, "
        "a name that begins with a dot",
        *(MAINTAINER, MAINTAINER, MAINTAINER, MAINTAINER),
        mark("it changes how the program runs, not what it says"),
        WAIT,
    ),
)
