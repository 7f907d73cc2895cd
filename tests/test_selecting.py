"""Selecting: who applied waits for a decision, and only the accepted take part and are seen."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

import folder
from peerloom import source
from peerloom.audience import visible_program
from peerloom.cli.command import peerloom
from peerloom.issue_forms.form_files import form_file_texts
from peerloom.issue_forms.result import Sender
from peerloom.issue_forms.submission import Submission, read_submission
from peerloom.model import Participant
from peerloom.pages import render_pages
from peerloom.program import check, load
from peerloom.report import build_report, report_as_markdown

TODAY = "2026-01-08"
COHORT = "content/cohorts/spring.yml"
SHEET = """\
Timestamp,Name,Role,Where did you hear of us?
2026-01-02,Lin Example,mentee,A newsletter
2026-01-01,Mo Example,mentee,a Newsletter
2026-01-03,Ada Example,mentor,A friend
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A cohort that selects, with a mentor and a mentee from before it did, and no pair yet."""
    files = {path: text for path, text in folder.MINIMAL.items() if "/pairs/" not in path}
    files[COHORT] += "selects: true\n"
    return folder.write(tmp_path, files)


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(peerloom, ["-C", str(root), *words, "--today", TODAY])


def decide(root: Path, state: str, *words: str) -> Result:
    return run(root, "decide", *words, "--cohort", "spring", "--state", state)


def import_sheet(root: Path, sheet: str = SHEET) -> Result:
    (root / "sheet.csv").write_text(sheet)
    options = ["--cohort", "spring", "--map", "Where did you hear of us?=source"]
    return run(root, "import", str(root / "sheet.csv"), *options, "--show", "public")


def part(root: Path, id_: str) -> dict[str, Any]:
    text = (root / f"content/participants/{id_}.yml").read_bytes()
    (found,) = source.parse(text).value["cohorts"]
    return dict(found)


def person(root: Path, id_: str) -> Participant:
    return load(root).program.participants[id_]


def test_a_sheet_begins_at_applied_and_keeps_who_takes_part_already(root: Path) -> None:
    assert import_sheet(root).exit_code == 0
    assert part(root, "lin-example") == {
        "cohort": "spring",
        "role": "mentee",
        "state": "applied",
        "applied_on": "2026-01-02",
        "source": "A newsletter",
    }
    assert "state" not in part(root, "ada") and part(root, "ada")["source"] == "A friend"


def test_where_a_cohort_does_not_select_a_sheet_says_nothing_of_it(root: Path) -> None:
    path = root / COHORT
    path.write_text(path.read_text().replace("selects: true", "selects: false"))
    import_sheet(root)
    assert part(root, "lin-example").keys() == {"cohort", "role", "source"}


def test_a_form_begins_at_applied_and_does_not_ask_what_only_coordinators_may_read(
    root: Path,
) -> None:
    program = load(root).program
    text = form_file_texts(program)[".github/ISSUE_TEMPLATE/sign-up.yml"]
    labels = [element["attributes"]["label"] for element in yaml.safe_load(text)["body"][1:]]
    assert not any("hear" in label for label in labels)
    given = {
        "Your name": "Lin Example",
        "Which cohort": "Spring (spring)",
        "You would like to be": "Mentee",
        "Who may see your page": "Everybody",
    }
    body = "\n\n".join(f"### {label}\n\n{given.get(label, '_No response_')}" for label in labels)
    sender = Sender(login="lin", number=7)
    sent = Submission(kind="sign-up", body=body, received_on=date(2026, 1, 7), sender=sender)
    ((_, made),) = read_submission(sent, program, lambda _: None).changes.items()
    assert source.parse(made.encode()).value["cohorts"] == [
        {"cohort": "spring", "role": "mentee", "state": "applied", "applied_on": "2026-01-07"}
    ]


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("accepted", "There is a place for you: we would like you to take part as mentee."),
        ("waiting", "you are on the waiting list as mentee"),
        ("declined", "We cannot offer you a place this time"),
    ],
)
def test_one_command_decides_and_prints_a_kind_text(root: Path, state: str, says: str) -> None:
    import_sheet(root)
    result = decide(root, state, "lin-example", "--reason", "too far\nfrom their aims")
    assert result.exit_code == 0 and says in " ".join(result.stdout.split())
    assert result.stdout.startswith("Dear Lin Example,\n")
    assert "aims" not in result.stdout
    assert part(root, "lin-example") == {
        "cohort": "spring",
        "role": "mentee",
        "state": state,
        "applied_on": "2026-01-02",
        "source": "A newsletter",
        "decided_on": TODAY,
        "state_reason": "too far from their aims",
    }
    assert not [d for d in check(root, date(2026, 1, 8)).diagnostics if d.severity == "error"]


def test_a_reason_goes_with_its_decision_and_a_sheet_that_comes_again_keeps_it(root: Path) -> None:
    import_sheet(root)
    decide(root, "waiting", "lin-example", "--reason", "no place")
    decide(root, "accepted", "lin-example", "mo-example")
    assert "state_reason" not in part(root, "lin-example")
    before = part(root, "lin-example")
    import_sheet(root, SHEET.replace("A newsletter", "A poster"))
    assert part(root, "lin-example") == before | {"source": "A poster"}


def test_an_edit_by_hand_of_the_source_stays(root: Path) -> None:
    import_sheet(root)
    path = root / "content/participants/lin-example.yml"
    path.write_text(path.read_text().replace("A newsletter", "Mo told me"))
    result = import_sheet(root)
    assert part(root, "lin-example")["source"] == "Mo told me"
    assert "'source' was changed by hand" in result.stderr


def test_a_decision_is_refused_in_words_where_it_cannot_be(root: Path) -> None:
    folder.write(root, {k: v for k, v in folder.MINIMAL.items() if "/pairs/" in k})
    for words, says in (
        (["lyn"], "there is no participant 'lyn'"),
        (["grace", "--role", "mentor"], "'grace' did not sign up for 'spring' as mentor"),
        (["grace"], "'grace' must be accepted, and is declined"),
    ):
        result = decide(root, "declined", *words)
        assert result.exit_code == 1 and says in result.stderr and "nothing was" in result.stderr
    assert "state" not in part(root, "grace")


def test_only_the_accepted_are_matched_and_it_is_said_why_others_are_not(root: Path) -> None:
    import_sheet(root)
    decide(root, "waiting", "mo-example")
    found = run(root, "match", "spring", "--format", "json")
    proposal = json.loads(found.stdout)
    assert [pair["mentee"] for pair in proposal["pairs"]] == ["grace"]
    assert "example" not in found.stdout
    told = run(root, "match", "spring")
    assert "not matched, for only the accepted are: 1 applied, 1 waiting" in told.stderr
    for command in (["explain", "spring", "lin-example"], ["shortlist", "spring", "lin-example"]):
        result = run(root, *command)
        assert result.exit_code == 1
        assert "Lin Example has applied, and nobody has decided yet: only the" in result.stderr
    members = run(root, "explain", "spring", "lin-example", "--audience", "members")
    assert members.exit_code == 2 and "applied" not in members.stderr
    assert "example" not in run(root, "shortlist", "spring").stdout
    assert "lin-example" not in run(root, "circles", "spring").stdout


def test_who_is_not_accepted_is_on_no_page_for_members_and_not_even_counted(root: Path) -> None:
    import_sheet(root)
    decide(root, "waiting", "mo-example", "--reason", "no place as yet")
    program = load(root).program
    for audience in ("public", "members"):
        assert set(visible_program(program, audience).participants) == {"ada", "grace"}  # type: ignore[arg-type]
        pages = render_pages(program, date(2026, 1, 8), audience)  # type: ignore[arg-type]
        text = "\n".join(text for path, text in pages.items() if "reference" not in path)
        for hidden in ("Lin", "Mo Example", "newsletter", "no place", "waiting", "chose not to"):
            assert hidden not in text
        assert "1 mentor and 1 mentee take part." in text
        report = build_report(program, "spring", None, None, audience, today=date(2026, 3, 1))  # type: ignore[arg-type]
        assert report.contents["signed_up"] == {} and "ewsletter" not in report_as_markdown(report)


def test_somebody_accepted_elsewhere_is_shown_without_what_they_applied_for(root: Path) -> None:
    folder.write(root, {"content/cohorts/autumn.yml": AUTUMN})
    grace = folder.MINIMAL["content/participants/grace.yml"].replace(
        "    role: mentee\n",
        "    role: mentee\n  - cohort: autumn\n    role: mentor\n    state: declined\n",
    )
    folder.write(root, {"content/participants/grace.yml": grace})
    seen = visible_program(load(root).program, "members").participants["grace"]
    assert [m.cohort for m in seen.cohorts] == ["spring"]
    pages = render_pages(load(root).program, date(2026, 1, 8), "coordinators")
    assert "mentor in [Autumn](../cohorts/autumn/index.md) (declined)" in pages["people/grace.md"]


def test_a_goal_for_a_cohort_that_did_not_accept_somebody_is_for_coordinators(root: Path) -> None:
    folder.write(root, {"content/cohorts/autumn.yml": AUTUMN})
    grace = folder.MINIMAL["content/participants/grace.yml"].replace(
        "    role: mentee\n",
        "    role: mentee\n  - cohort: autumn\n    role: mentor\n    state: waiting\n"
        "goals:\n  - title: Teach in autumn\n    cohort: autumn\n"
        "  - title: Learn in spring\n    cohort: spring\n  - title: Read more\n",
    )
    folder.write(root, {"content/participants/grace.yml": grace})
    program = load(root).program
    told = [goal.title for goal in visible_program(program, "members").participants["grace"].goals]
    assert told == ["Learn in spring", "Read more"]
    assert len(visible_program(program, "coordinators").participants["grace"].goals) == 3


AUTUMN = "id: autumn\nname: Autumn\nstarts: 2026-09-01\nends: 2026-12-20\nselects: true\n"


def test_coordinators_see_how_many_stand_where_and_who_is_next(root: Path) -> None:
    import_sheet(root)
    decide(root, "waiting", "lin-example")
    decide(root, "waiting", "mo-example", "--reason", "no place as yet")
    pages = render_pages(load(root).program, date(2026, 1, 8), "coordinators")
    (cohort,) = [text for text in pages.values() if text.startswith("# Spring\n")]
    assert "| waiting | 2 |" in cohort and "| accepted | 2 |" in cohort
    assert cohort.index("Mo Example") < cohort.index("Lin Example")
    assert "no place as yet" in cohort
    report = build_report(load(root).program, "spring", None, date(2026, 1, 12), "coordinators")
    assert report.contents["signed_up"] == {
        "applied": 0,
        "accepted": 2,
        "waiting": 2,
        "declined": 0,
        "sources": [
            {"source": "A newsletter", "people": 2},
            {"source": "A friend", "people": 1},
        ],
        "people": 4,
    }
    assert "| A newsletter | 2 of 4 (50%) |" in report_as_markdown(report)


def test_when_somebody_leaves_the_first_to_apply_is_named(root: Path) -> None:
    import_sheet(root)
    ada = root / "content/participants/ada.yml"
    ada.write_text(ada.read_text().replace("role: mentor", "role: mentor\n    capacity: 1"))
    decide(root, "waiting", "lin-example", "mo-example")
    assert "first in line" not in run(root, "attention").stdout
    grace = root / "content/participants/grace.yml"
    grace.write_text(
        grace.read_text().replace("role: mentee", f"role: mentee\n    left_on: {TODAY}")
    )
    told = run(root, "attention").stdout
    assert "Mo Example, who applied on 1 January 2026, is first in line" in told


def test_a_hostile_name_is_one_plain_line_of_a_letter(root: Path) -> None:
    import_sheet(root)
    path = root / "content/participants/lin-example.yml"
    path.write_text(
        path.read_text().replace("name: Lin Example", 'name: "Lin\\n\\n{{ x }} O\'Neil"')
    )
    text = decide(root, "accepted", "lin-example").stdout
    assert text.startswith("Dear Lin {{ x }} O'Neil,\n")


def test_a_list_of_matches_cannot_pair_somebody_who_waits(root: Path) -> None:
    import_sheet(root)
    decide(root, "waiting", "lin-example")
    (root / "pairs.csv").write_text("Mentor,Mentee\nada,lin-example\nada,grace\n")
    result = run(root, "import", str(root / "pairs.csv"), "--pairs", "--cohort", "spring")
    assert "'lin-example' must be accepted, and is waiting" in result.stderr
    assert [pair.mentee for pair in load(root).program.pairs.values()] == ["grace"]


def test_nobody_waits_where_the_cohort_does_not_select(root: Path) -> None:
    path = root / COHORT
    path.write_text(path.read_text().replace("selects: true\n", ""))
    result = decide(root, "waiting", "grace")
    assert result.exit_code == 1
    assert "write 'selects: true' in content/cohorts/spring.yml" in result.stderr
    assert "state" not in part(root, "grace")
