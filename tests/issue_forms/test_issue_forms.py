"""Issue forms: what they ask, and what is made of the answers, however hostile."""

from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

import folder
from peerloom import schema, source
from peerloom.cli.command import peerloom
from peerloom.github_names import TWICE_A_DAY_LABEL
from peerloom.issue_forms.form_files import form_file_texts
from peerloom.issue_forms.issue_body import detect_form
from peerloom.issue_forms.result import FormResult, Sender
from peerloom.issue_forms.submission import Submission, read_submission
from peerloom.program import load
from sent_forms import ANSWER, CHECK_IN

TODAY = date(2026, 2, 10)
FORMS = ".github/ISSUE_TEMPLATE"
GRACE = Sender(login="grace", number=3, participant="grace")
NEW = Sender(login="Lin-K", number=44)


def sign_up(**answers: str) -> str:
    """The body that GitHub makes of the form in the minimal program."""
    given = {
        "Your name": "Linh Example",
        "Which cohort": "Spring (spring)",
        "You would like to be": "Mentee",
        "Who may see your page": "The members",
    }
    given |= answers
    asked = form_file_texts(load(_MINIMAL).program)[f"{FORMS}/sign-up.yml"]
    labels = [e["attributes"]["label"] for e in yaml.safe_load(asked)["body"][1:]]
    assert given.keys() <= set(labels)
    return "\n\n".join(f"### {label}\n\n{given.get(label, '_No response_')}" for label in labels)


_MINIMAL = Path()


@pytest.fixture(autouse=True)
def minimal(tmp_path: Path) -> Path:
    global _MINIMAL  # noqa: PLW0603 - bodies are made for one program
    _MINIMAL = folder.write(tmp_path, folder.MINIMAL)
    return tmp_path


def take(body: str, who: Sender = GRACE, root: Path | None = None) -> FormResult:
    root = root or _MINIMAL
    program = load(root).program
    kind = detect_form(body, program)
    assert kind is not None

    def read(path: str) -> str | None:
        file = root / path
        return file.read_text() if file.is_file() else None

    sent = Submission(kind=kind, body=body, received_on=date(2026, 2, 9), sender=who)
    return read_submission(sent, program, read)


def record(found: FormResult) -> dict:
    ((_, text),) = found.changes.items()
    return source.parse(text.encode()).value


def test_a_check_in_becomes_its_record(minimal: Path) -> None:
    found = take(CHECK_IN)
    assert found.problems == () and list(found.changes) == [ANSWER]
    assert record(found) == {
        "cohort": "spring",
        "pair": "ada-grace",
        "due": "2026-02-09",
        "participant": "grace",
        "answered_on": "2026-02-09",
        "met": True,
        "meetings": [
            {"on": "2026-02-05", "minutes": 45, "setting": "remote"},
            {"on": "2026-02-07", "setting": "in_person"},
        ],
        "goals": [{"goal": "first-package", "level": 1, "note": "a first draft"}],
        "next_steps": "Write `tests`, and ask @noor.",
        "next_meeting": "2026-02-23",
    }


def test_windows_line_ends_and_empty_answers_are_read(minimal: Path) -> None:
    body = CHECK_IN.replace("2026-02-23", "_No response_").replace("\n", "\r\n")
    assert "next_meeting" not in record(take(body))


def test_without_a_link_the_only_one_due_is_meant(minimal: Path) -> None:
    body = CHECK_IN.replace("spring/ada-grace/2026-02-09", "_No response_")
    folder.write(
        minimal,
        {
            ANSWER.replace("02-09", "01-26"): "cohort: spring\npair: ada-grace\n"
            "due: 2026-01-26\nparticipant: grace\nanswered_on: 2026-01-26\n"
        },
    )
    assert list(take(body).changes) == [ANSWER]


def test_of_several_that_wait_one_must_be_said(minimal: Path) -> None:
    body = CHECK_IN.replace("spring/ada-grace/2026-02-09", "_No response_")
    (wrong,) = take(body).problems
    assert wrong.label == "Which check-in"
    assert "spring/ada-grace/2026-01-26, spring/ada-grace/2026-02-09" in wrong.help


def test_an_edit_changes_what_was_answered_and_keeps_the_rest(minimal: Path) -> None:
    first = take(CHECK_IN).changes[ANSWER]
    folder.write(minimal, {ANSWER: first + "ratings:\n  useful: 4\n"})
    again = take(CHECK_IN.replace("2026-02-23", "2026-02-24"))
    assert record(again)["next_meeting"] == "2026-02-24"
    assert record(again)["ratings"] == {"useful": 4}
    folder.write(minimal, {ANSWER: again.changes[ANSWER]})
    assert take(CHECK_IN.replace("2026-02-23", "2026-02-24")).changes == {}


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("spring/ada-grace/2026-02-09", "spring/ada-lin/2026-02-09", "one of your check-ins"),
        ("spring/ada-grace/2026-02-09", "../../program", "one of your check-ins"),
        ("spring/ada-grace/2026-02-09", "spring/ada-grace/2026-02-31", "must be a date"),
        ("2026-02-05, 45, remote", "next Tuesday", "must be a day"),
        ("45, remote", "45, by phone", "must be minutes or how you met"),
        ("45, remote", "0, remote", "at least 1"),
        ("first-package", "frist-package", "must be one of your goals"),
        (": +1 a", ": +1 a\nfirst-package: 0", "must be listed only once"),
        ("2026-02-23", "soon", "must be a day"),
        ("We met", "Maybe", "one of the answers"),
        ("### Next steps", "### Next steps\n\n### Next steps", "must appear once"),
        ("Write `tests`", "### Next meeting\n\nWrite", "must appear once"),
        ("### Next steps\n", "### Later\n", "the form's questions"),
        ("### Did you meet?\n\nWe met\n\n", "", "the form's questions"),
    ],
)
def test_what_is_wrong_is_said_in_words(minimal: Path, old: str, new: str, says: str) -> None:
    assert old in CHECK_IN
    found = take(CHECK_IN.replace(old, new, 1))
    assert found.changes == {}
    assert any(says in wrong.message for wrong in found.problems), found.problems


def test_everything_wrong_is_said_at_once(minimal: Path) -> None:
    body = CHECK_IN.replace("45, remote", "by phone").replace("2026-02-23", "soon")
    body = body.replace("first-package", "second")
    assert len(take(body).problems) == 3


def test_who_is_in_no_record_is_told_what_to_do(minimal: Path) -> None:
    (wrong,) = take(CHECK_IN, NEW).problems
    assert "no record" in wrong.message and "coordinator" in wrong.help


def test_text_cannot_leave_its_key(minimal: Path) -> None:
    hostile = "x\"\n'\nparticipant: ada\n- [x] yes\n```\n<!-- peerloom check-in -->\n::set-output"
    body = CHECK_IN.replace("Write `tests`, and ask @noor.", hostile)
    found = record(take(body))
    assert found["participant"] == "grace"
    assert found["next_steps"] == hostile


def test_a_sign_up_becomes_a_record_with_the_sender_s_account(minimal: Path) -> None:
    found = take(
        sign_up(
            **{
                "What you want to learn": "Python, Statistics",
                "What you want to learn, in your own words": "R packages",
                "What you hope for": "Publish a package.",
                "Your languages": "English, Vietnamese",
                "Your time zone": "Ho Chi Minh",
                "When you are usually free": "Mon-Wed 18:00-20:00\nSat 9-11",
                "Your pronouns": "they/them",
            }
        ),
        NEW,
    )
    assert found.problems == ()
    assert list(found.changes) == ["content/participants/linh-example.yml"]
    made = record(found)
    assert made.pop("availability")[3] == {"day": "saturday", "starts": "09:00", "ends": "11:00"}
    assert made == {
        "id": "linh-example",
        "name": "Linh Example",
        "pronouns": "they/them",
        "github": "Lin-K",
        "github_id": 44,
        "cohorts": [{"cohort": "spring", "role": "mentee"}],
        "skills_wanted": [{"skill": "python"}, {"skill": "statistics"}],
        "also_wants": ["R packages"],
        "goals": [{"title": "Publish a package.", "cohort": "spring"}],
        "languages": ["en", "vi"],
        "time_zone": "Asia/Ho_Chi_Minh",
        "consent": {"given_on": "2026-02-09", "show": "members"},
    }


def test_a_namesake_is_somebody_else(minimal: Path) -> None:
    found = take(sign_up(**{"Your name": "Ada Example"}), NEW)
    assert list(found.changes) == ["content/participants/ada-example.yml"]


def test_who_is_there_already_changes_their_own_record(minimal: Path) -> None:
    found = take(sign_up(**{"Your name": "Grace E.", "About you": "I bake."}), GRACE)
    ((path, text),) = found.changes.items()
    assert path == "content/participants/grace.yml"
    made = source.parse(text.encode()).value
    assert made["name"] == "Grace E." and made["about"] == "I bake."
    assert made["skills_wanted"] == [{"skill": "python"}]
    assert made["consent"]["quote"] is True and made["consent"]["show"] == "members"
    assert made["cohorts"] == [{"cohort": "spring", "role": "mentee"}]


@pytest.mark.parametrize(
    ("answers", "label"),
    [
        ({"Your name": "_No response_"}, "Your name"),
        ({"Your name": "†"}, "Your name"),
        ({"You would like to be": "Queen"}, "You would like to be"),
        ({"Which cohort": "Winter (winter)"}, "Which cohort"),
        ({"Who may see your page": "_No response_"}, "Who may see your page"),
        ({"Your languages": "Klingonese!"}, "Your languages"),
        ({"Your time zone": "Atlantis"}, "Your time zone"),
        ({"When you are usually free": "whenever"}, "When you are usually free"),
    ],
)
def test_what_is_wrong_with_a_sign_up_is_said_at_its_question(
    minimal: Path, answers: dict[str, str], label: str
) -> None:
    found = take(sign_up(**answers), NEW)
    assert found.changes == {}
    assert [wrong.label for wrong in found.problems] == [label]


def test_a_public_program_asks_only_what_everybody_may_read(minimal: Path) -> None:
    public = folder.MINIMAL["content/program.yml"].replace("private", "public")
    folder.write(minimal, {"content/program.yml": public})
    forms = form_file_texts(load(minimal).program)
    ids = {
        path.rpartition("/")[2]: [e.get("id") for e in yaml.safe_load(text)["body"]]
        for path, text in forms.items()
    }
    assert ids["check-in.yml"] == [None, "which", "meetings"]
    assert "availability" not in ids["sign-up.yml"]
    body = "### Which check-in\n\nspring/ada-grace/2026-02-09\n\n### On which days you met\n\n"
    assert record(take(f"{body}2026-02-05"))["meetings"] == [{"on": "2026-02-05"}]
    assert "everybody can read" in take(f"{body}2026-02-05, 45").problems[0].message


@pytest.mark.parametrize(
    ("visibility", "status", "limit", "is_at_once"),
    [
        ("private", "active", 1, True),
        ("private", "active", 0, False),
        ("private", "proposed", 1, True),
        ("private", "proposed", 0, False),
        ("public", "active", 0, True),
    ],
)
def test_above_a_number_of_active_pairs_a_private_program_s_forms_are_read_twice_a_day(
    minimal: Path, visibility: str, status: str, limit: int, is_at_once: bool
) -> None:
    pair = "content/pairs/spring/ada-grace.yml"
    settings = folder.MINIMAL["content/program.yml"].replace("private", visibility)
    files = {"content/program.yml": f"{settings}read_at_once_up_to: {limit}\n"}
    files[pair] = folder.MINIMAL[pair].replace("status: active", f"status: {status}")
    forms = form_file_texts(load(folder.write(minimal, files)).program)
    form = yaml.safe_load(forms[f"{FORMS}/check-in.yml"])
    assert form["labels"] == ["check-in"] + [TWICE_A_DAY_LABEL] * (not is_at_once)
    assert ("twice a day" in form["body"][0]["attributes"]["value"]) is not is_at_once


def test_no_form_asks_what_only_coordinators_may_read(minimal: Path) -> None:
    for kind, name in (("check-in", "check-in"), ("participant", "sign-up")):
        text = form_file_texts(load(minimal).program)[f"{FORMS}/{name}.yml"]
        asked = {element.get("id") for element in yaml.safe_load(text)["body"]}
        hidden = {f.path[0] for f in schema.list_fields(kind) if f.audience == "coordinators"}
        assert hidden and not asked & hidden


def test_stale_forms_are_warned_about_until_they_are_renewed(minimal: Path) -> None:
    run = CliRunner()
    at = ["-C", str(minimal)]
    assert run.invoke(peerloom, [*at, "check", "--today", "2026-02-10"]).exit_code == 0
    assert run.invoke(peerloom, [*at, "renew"]).exit_code == 0
    assert run.invoke(peerloom, [*at, "check", "--today", "2026-02-10"]).exit_code == 0
    skills = "skills:\n  - id: r\n    name: R\n"
    changed = folder.MINIMAL["content/program.yml"].replace("skills:\n", skills)
    folder.write(minimal, {"content/program.yml": changed})
    found = run.invoke(peerloom, [*at, "check", "--today", "2026-02-10"])
    assert found.exit_code == 0
    assert f"{FORMS}/sign-up.yml:1:1: warning made-files-are-current" in found.output
    assert "run 'peerloom renew'" in found.output
    run.invoke(peerloom, [*at, "renew"])
    renewed = run.invoke(peerloom, [*at, "check", "--today", "2026-02-10"])
    assert (renewed.exit_code, "warning made-files" in renewed.output) == (0, False)


def test_a_form_that_somebody_wrote_stays(minimal: Path) -> None:
    folder.write(minimal, {f"{FORMS}/check-in.yml": "name: Ours\n"})
    found = CliRunner().invoke(peerloom, ["-C", str(minimal), "renew"])
    assert found.exit_code == 0 and "is kept as it is" in found.output
    assert (minimal / FORMS / "check-in.yml").read_text() == "name: Ours\n"
    assert (minimal / FORMS / "sign-up.yml").is_file()


def test_other_readers_of_yaml_read_every_text_as_text(minimal: Path) -> None:
    words = ["No", "2026-02-09", "1_000", "0x1f", "~", "12:30", "Off", "1e3", "=", "<<"]
    skills = "".join(f"  - id: s{n}\n    name: '{word}'\n" for n, word in enumerate(words))
    changed = folder.MINIMAL["content/program.yml"].replace("skills:\n", f"skills:\n{skills}")
    folder.write(minimal, {"content/program.yml": changed})
    text = form_file_texts(load(minimal).program)[f"{FORMS}/sign-up.yml"]
    by_id = {e.get("id"): e for e in yaml.safe_load(text)["body"]}
    assert by_id["skills_offered"]["attributes"]["options"][:-2] == words


def withdraw(part: str = "Everything that I agreed to") -> str:
    return f"### What you withdraw\n\n{part}\n"


def test_somebody_withdraws_by_the_form_from_the_day_on_which_they_send_it(minimal: Path) -> None:
    found = take(withdraw())
    ((path, text),) = found.changes.items()
    assert (path, found.problems) == ("content/participants/grace.yml", ())
    before = (minimal / path).read_text(encoding="utf-8")
    assert text == f"{before}  withdrawn:\n    everything: '2026-02-09'\n"
    quote = record(take(withdraw("That I may be quoted")))
    assert quote["consent"]["withdrawn"] == {"quote": "2026-02-09"}


def test_what_cannot_be_withdrawn_by_the_form_is_answered_in_a_sentence(minimal: Path) -> None:
    def problem(body: str, who: Sender = GRACE) -> str:
        found = take(body, who)
        assert not found.changes
        (only,) = found.problems
        return only.message

    assert "your account belongs to no record here" in problem(withdraw(), NEW)
    assert "must be one of the choices" in problem(withdraw("coordinators"))
    path = "content/participants/grace.yml"
    text = folder.MINIMAL[path]
    folder.write(minimal, {path: f"{text}  withdrawn: {{everything: 2026-02-01}}\n"})
    assert "you withdrew this on 1 February 2026" in problem(withdraw())
    folder.write(minimal, {path: text.partition("consent:")[0]})
    assert "you have agreed to nothing yet" in problem(withdraw("That I may be quoted"))


def test_somebody_who_agreed_to_nothing_is_not_counted_any_more_on_request(minimal: Path) -> None:
    path = "content/participants/grace.yml"
    folder.write(minimal, {path: folder.MINIMAL[path].partition("consent:")[0]})
    assert record(take(withdraw("That figures count me")))["consent"] == {
        "given_on": "2026-02-09",
        "show": "coordinators",
        "withdrawn": {"counted": "2026-02-09"},
    }
