"""Proposed pairs and circles begin by one command, and ids stay true to who is in a pair."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import folder
from peerloom import audience, source
from peerloom.beginning.renaming import move_check_ins
from peerloom.cli import printing
from peerloom.cli.command import peerloom
from peerloom.issue_forms.questions import form_questions
from peerloom.issue_forms.result import Sender
from peerloom.issue_forms.submission import Submission, read_submission
from peerloom.pages.redirects import render_redirects
from peerloom.pair_ids import find_people_in_false_id, new_pair_id, pair_id
from peerloom.program import check, load
from peerloom.reminders import Issue, plan_reminders
from peerloom.reminders.issue import Mark

TODAY = date(2026, 1, 10)
PAIRS = "content/pairs/spring"


def person(id_: str, role: str, more: str = "", part: str = "", show: str = "public") -> str:
    return (
        f"id: {id_}\nname: {id_.title()} Example\ncohorts:\n  - cohort: spring\n    role: {role}\n"
        f"{part}consent:\n  given_on: 2026-01-02\n  show: {show}\n{more}"
    )


def proposal(mentor: str, mentee: str) -> str:
    return (
        f"# {mentor} said yes by phone\nid: {mentor}-{mentee}\ncohort: spring\n"
        f"mentor: {mentor}\nmentee: {mentee}\nstatus: proposed # for now\n"
        f"match:\n  on: 2026-01-05\n  people: [{mentor}, {mentee}]\n  summary: >-\n"
        "    They both like birds.\n"
    )


FILES = {
    **{path: text for path, text in folder.MINIMAL.items() if "/pairs/" not in path},
    "content/participants/chen.yml": person("chen", "mentor"),
    "content/participants/eve.yml": person("eve", "mentee"),
    "content/participants/hal.yml": person("hal", "mentee"),
    f"{PAIRS}/ada-grace.yml": proposal("ada", "grace"),
    f"{PAIRS}/chen-eve.yml": proposal("chen", "eve"),
    "content/circles/spring/birds.yml": (
        "id: birds\ncohort: spring\nkind: circle\nname: Birds\nstatus: proposed\n"
        "facilitators: [ada]\nmembers: [grace, eve]\n"
    ),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return folder.write(tmp_path, FILES)


def begin(root: Path, *words: str, on: str = "2026-01-14", today: date = TODAY) -> Result:
    options = ["--on", on, "--today", today.isoformat()]
    return CliRunner().invoke(peerloom, ["-C", str(root), "begin", "spring", *words, *options])


def texts(root: Path) -> dict[str, bytes]:
    return {
        file.relative_to(root).as_posix(): file.read_bytes()
        for file in sorted((root / "content").rglob("*.yml"))
    }


def edit(root: Path, path: str, old: str, new: str) -> None:
    text = (root / path).read_text()
    assert old in text
    (root / path).write_text(text.replace(old, new))


def overrule(root: Path) -> None:
    edit(root, f"{PAIRS}/chen-eve.yml", "mentor: chen", "mentor: ada")


def is_clean(root: Path, today: date = TODAY) -> bool:
    return not [d for d in check(root, today).diagnostics if "/pairs/" in d.path]


# What begins.


def test_all_proposals_begin_and_the_text_around_stays(root: Path) -> None:
    ran = begin(root, "--yes")
    assert ran.exit_code == 0
    assert (root / PAIRS / "ada-grace.yml").read_text() == (
        proposal("ada", "grace").replace("proposed", "active") + "started_on: '2026-01-14'\n"
    )
    circle = source.parse((root / "content/circles/spring/birds.yml").read_bytes()).value
    assert (circle["status"], circle["started_on"]) == ("active", "2026-01-14")
    assert folder.errors(root, TODAY) == []


def test_line_ends_of_windows_stay(root: Path) -> None:
    path = root / PAIRS / "ada-grace.yml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    begin(root, "--yes")
    assert path.read_bytes().count(b"\r\n") == path.read_bytes().count(b"\n")


def test_the_plan_says_who_begins_and_what_happens_next(root: Path) -> None:
    ran = begin(root, "--yes")
    assert ran.stdout == (
        "to begin in 'spring' on 14 January 2026: 2 pairs and 1 circle\n"
        "  Ada Example and Grace Example (ada-grace)\n"
        "  Chen Example and Eve Example (chen-eve)\n"
        "  Birds (birds)\n"
        "first check-in: due on 26 January 2026, from both people of each pair; "
        "they are asked from 23 January 2026 on\n"
        "no issue reaches 4 people without 'github' in the record: ada, grace, chen, eve\n"
    )
    assert ran.stderr == "written: 3 files\n"


def test_of_a_long_list_of_renamed_pairs_only_the_first_are_listed(root: Path) -> None:
    for n in range(70):
        other = {
            "content/participants/mentor-{}.yml": person(f"mentor-{n}", "mentor"),
            "content/participants/mentee-{}.yml": person(f"mentee-{n}", "mentee"),
            f"{PAIRS}/chen-mentee-{{}}.yml": proposal("chen", f"mentee-{n}").replace(
                "mentor: chen", f"mentor: mentor-{n}"
            ),
        }
        folder.write(root, {path.format(n): text for path, text in other.items()})
    said = begin(root, "--yes").stdout
    assert said.count("is renamed to") == 60
    assert "  and 10 more\n" in said


def test_of_named_proposals_only_those_begin(root: Path) -> None:
    before = texts(root)
    assert begin(root, "ada-grace", "--yes").exit_code == 0
    after = texts(root)
    assert [path for path in after if after[path] != before[path]] == [f"{PAIRS}/ada-grace.yml"]


def test_what_has_begun_is_said_and_left(root: Path) -> None:
    begin(root, "ada-grace", "--yes")
    before = texts(root)
    ran = begin(root, "ada-grace", "--yes", on="2026-02-01")
    assert ran.exit_code == 0
    assert "ada-grace is left as it is: it is active since 14 January 2026" in ran.stdout
    assert texts(root) == before


def test_check_ins_that_are_past_already_are_said_to_be_owed_at_once(root: Path) -> None:
    ran = begin(root, "--yes", today=date(2026, 2, 1))
    assert "owed at once, as these days are past: 26 January 2026" in ran.stdout
    assert "first check-in: due on 9 February 2026" in ran.stdout


# Who is asked before.


def test_without_a_terminal_and_without_yes_nothing_is_written(root: Path) -> None:
    before = texts(root)
    ran = begin(root)
    assert ran.exit_code == 1
    assert ran.stderr == "peerloom: nothing was written; to write this, add --yes\n"
    assert texts(root) == before


@pytest.mark.parametrize(("answer", "status"), [("y", "active"), ("n", "proposed")])
def test_in_a_terminal_the_answer_decides(
    root: Path, monkeypatch: pytest.MonkeyPatch, answer: str, status: str
) -> None:
    monkeypatch.setattr(printing, "can_ask", lambda: True)
    arguments = ["-C", str(root), "begin", "spring", "--on", "2026-01-14", "--today", "2026-01-10"]
    CliRunner().invoke(peerloom, arguments, input=f"{answer}\n")
    assert f"status: {status}" in (root / PAIRS / "ada-grace.yml").read_text()


def test_a_dry_run_writes_nothing(root: Path) -> None:
    before = texts(root)
    assert begin(root, "--dry-run").exit_code == 0
    assert texts(root) == before


# What cannot begin.


def refusal(root: Path, *words: str, on: str = "2026-01-14") -> str:
    """What a beginning that is refused says; nothing is written by it."""
    before = texts(root)
    ran = begin(root, "--yes", *words, on=on)
    assert ran.exit_code == 1
    assert texts(root) == before
    return ran.stderr


def test_an_unknown_id_is_answered_with_the_nearest(root: Path) -> None:
    said = refusal(root, "ada-grce", "zzz")
    assert "'spring' has no pair or circle 'ada-grce'; did you mean 'ada-grace'?" in said
    assert "'zzz'; it has: ada-grace, chen-eve, birds" in said


@pytest.mark.parametrize("day", ["2026-01-11", "2026-06-29"])
def test_a_day_outside_of_the_cohort_is_refused(root: Path, day: str) -> None:
    assert "must be a day of 'spring', which lasts from 12 January 2026" in refusal(root, on=day)


def test_somebody_with_a_partner_is_refused_and_the_others_could_begin(root: Path) -> None:
    folder.write(root, {f"{PAIRS}/chen-grace.yml": proposal("chen", "grace")})
    begin(root, "ada-grace", "--yes")
    said = refusal(root)
    assert (
        "content/pairs/spring/chen-grace.yml cannot begin:\n"
        "  'grace' is in 'ada-grace' then, and needs one partner\n"
        "peerloom: nothing was written; to begin the 2 that can begin, add --possible\n"
    ) in said
    assert begin(root, "--yes", "--possible").exit_code == 0
    assert "status: active" in (root / PAIRS / "chen-eve.yml").read_text()
    assert "status: proposed" in (root / PAIRS / "chen-grace.yml").read_text()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (person("grace", "mentee", part="    left_on: 2026-01-13\n"), "'grace' left the cohort"),
        (person("grace", "mentee", "paused_until: 2026-01-20\n"), "'grace' is away until 20"),
        (person("grace", "mentee", part="    state: waiting\n"), "'grace' must be accepted, and"),
        (
            person("grace", "mentee", "excluded: [ada]\n"),
            "see 'excluded' in content/participants/gr",
        ),
        (person("grace", "mentor"), "'grace' must take part in 'spring' as mentee"),
    ],
)
def test_a_person_who_cannot_begin_is_named_with_the_reason(
    root: Path, text: str, reason: str
) -> None:
    folder.write(root, {"content/participants/grace.yml": text})
    assert reason in refusal(root, "ada-grace")


def test_two_whom_a_coordinator_forbids_do_not_begin(root: Path) -> None:
    path = "content/cohorts/spring.yml"
    edit(root, path, "name: Spring\n", "name: Spring\nmatching: {forbids: [[grace, ada]]}\n")
    assert f"the two are listed under 'forbids' in {path}" in refusal(root, "ada-grace")


def test_a_mentor_without_a_place_is_refused(root: Path) -> None:
    folder.write(root, {f"{PAIRS}/ada-hal.yml": proposal("ada", "hal")})
    ada = person("ada", "mentor", part="    capacity: 1\n")
    folder.write(root, {"content/participants/ada.yml": ada})
    assert "'ada' must have at most 1 mentee, and would have more" in refusal(root)


def test_a_team_is_not_split_by_overruling_one_of_its_proposals(root: Path) -> None:
    for mentee in ("eve", "hal"):
        text = proposal("chen", mentee) + "team: robots\n"
        folder.write(root, {f"{PAIRS}/chen-{mentee}.yml": text})
    said = refusal(root, "--instead", "hal=ada")
    assert "the team 'robots' has 'chen' then, and needs one mentor" in said
    assert begin(root, "--instead", "hal=ada", "--instead", "eve=ada", "--yes").exit_code == 0


def test_an_error_elsewhere_that_was_there_before_does_not_hinder(root: Path) -> None:
    event = "id: walk\ntitle: A walk\nkind: social\non: 2026-02-02\nsetting: online\nhosts: [x]\n"
    folder.write(root, {"content/events/walk.yml": event})
    assert folder.errors(root, TODAY) != []
    assert begin(root, "--yes").exit_code == 0


# Ids that are true.


def test_check_says_that_an_id_names_somebody_else(root: Path) -> None:
    overrule(root)
    (found,) = [d for d in check(root, TODAY).diagnostics if "/pairs/" in d.path]
    assert (found.rule, found.severity) == ("ids-of-pairs-name-their-people", "warning")


def test_a_pair_that_was_overruled_by_one_word_is_renamed_as_it_begins(root: Path) -> None:
    overrule(root)
    ran = begin(root, "--yes")
    assert "chen-eve is renamed to ada-eve, and its old address leads on" in ran.stdout
    assert not (root / PAIRS / "chen-eve.yml").exists()
    pair = load(root).program.pairs["spring", "ada-eve"]
    (former,) = pair.former
    assert (former.id, former.people, former.status) == ("chen-eve", ("chen", "eve"), "proposed")
    assert not pair.is_as_matched
    assert is_clean(root)


def test_a_proposal_is_overruled_by_a_word_of_the_command(root: Path) -> None:
    ran = begin(root, "ada-grace", "--instead", "eve=ada", "--yes")
    assert "Ada Example and Eve Example (ada-eve)" in ran.stdout
    assert (
        "mentor: ada\nmentee: eve\nstatus: active # for now\n"
        in (root / PAIRS / "ada-eve.yml").read_text()
    )
    assert not (root / PAIRS / "chen-eve.yml").exists()
    assert is_clean(root)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("eev=ada", "no mentor is proposed to 'eev' in 'spring'; did you mean 'eve'?"),
        ("eve=adda", "there is no participant 'adda'; did you mean 'ada'?"),
        ("eve=hal", "'hal' must take part in 'spring' as mentor"),
    ],
)
def test_a_word_that_overrules_nothing_is_refused(root: Path, words: str, said: str) -> None:
    assert said in refusal(root, "--instead", words)


def test_how_to_overrule_a_pair_that_has_begun_is_said(root: Path) -> None:
    begin(root, "--yes")
    said = refusal(root, "--instead", "eve=ada")
    assert f"'chen-eve' has begun already; change 'mentor' in {PAIRS}/chen-eve.yml" in said


def test_two_mentors_for_one_mentee_are_refused(root: Path) -> None:
    before = texts(root)
    ran = begin(root, "--instead", "eve=ada", "--instead", "eve=chen", "--yes")
    assert ran.exit_code == 2
    assert "'eve=chen' and 'eve=ada': name one mentor for each" in ran.stderr
    assert texts(root) == before


def test_a_match_that_names_nobody_is_not_taken_for_one_of_the_new_two(root: Path) -> None:
    edit(root, f"{PAIRS}/chen-eve.yml", "  people: [chen, eve]\n", "")
    overrule(root)
    begin(root, "--yes")
    assert not load(root).program.pairs["spring", "ada-eve"].is_as_matched


def test_two_pairs_that_swap_their_mentees_keep_apart(root: Path) -> None:
    edit(root, f"{PAIRS}/chen-eve.yml", "mentee: eve", "mentee: grace")
    edit(root, f"{PAIRS}/ada-grace.yml", "mentee: grace", "mentee: eve")
    assert begin(root, "--yes").exit_code == 0
    pairs = load(root).program.pairs.values()
    assert {pair.people for pair in pairs} == {("ada", "eve"), ("chen", "grace")}
    assert is_clean(root)


def test_a_pair_that_is_overruled_back_has_its_first_id_again(root: Path) -> None:
    overrule(root)
    begin(root, "--yes")
    edit(root, f"{PAIRS}/ada-eve.yml", "mentor: ada", "mentor: chen")
    begin(root, "--yes")
    pair = load(root).program.pairs["spring", "chen-eve"]
    assert [former.id for former in pair.former] == ["ada-eve"]
    assert is_clean(root)


def test_a_new_pair_of_the_former_two_gets_another_id(replaced: Path) -> None:
    program = load(replaced).program
    assert pair_id(program, "spring", ("chen", "eve")).startswith("chen-eve-")


def test_a_shortened_id_is_seen_to_name_somebody_else_too(root: Path) -> None:
    edit(root, f"{PAIRS}/chen-eve.yml", "chen\nmentee: eve", "ada\nmentee: grace")
    edit(root, f"{PAIRS}/ada-grace.yml", "ada\nmentee: grace", "chen\nmentee: eve")
    begin(root, "--yes")
    assert is_clean(root)
    (path,) = (root / PAIRS).glob("chen-eve-*.yml")
    edit(root, f"{PAIRS}/{path.name}", "mentee: eve", "mentee: hal")
    assert not is_clean(root)
    begin(root, "--yes")
    former = load(root).program.pairs["spring", "chen-hal"].former
    assert (former[-1].id, former[-1].people) == (path.stem, ("chen", "eve"))
    assert is_clean(root)


def test_a_long_id_is_seen_to_name_somebody_else_after_a_second_change(root: Path) -> None:
    long = {who: f"{who}-{'-'.join(who * 5 for _ in range(3))}" for who in ("bert", "cleo", "dora")}
    people = {who: person(who, "mentor") for who in long.values()}
    folder.write(root, {f"content/participants/{who}.yml": text for who, text in people.items()})
    mentee = "eve"
    for mentor in long.values():
        (file,) = [f for f in (root / PAIRS).glob("*.yml") if f"mentee: {mentee}" in f.read_text()]
        old = load(root).program.pairs["spring", file.stem].mentor
        edit(root, f"{PAIRS}/{file.name}", f"mentor: {old}", f"mentor: {mentor}")
        begin(root, "--yes")
        assert is_clean(root)
    (pair,) = [p for p in load(root).program.pairs.values() if p.mentee == mentee]
    assert pair.id == new_pair_id((long["dora"], "eve"), ())
    assert [former.people[0] for former in pair.former] == ["chen", long["bert"], long["cleo"]]


def test_ids_for_the_same_two_people_never_meet(root: Path) -> None:
    program = load(root).program
    taken = {"chen-eve"}
    for _ in range(3):
        id_ = new_pair_id(("chen", "eve"), taken)
        assert id_ not in taken
        taken.add(id_)
        pair = replace(program.pairs["spring", "ada-grace"], id=id_)
        assert find_people_in_false_id(program, pair) == ("chen", "eve")


# What refers to the old id.

CHECK_IN = """\
# by phone
cohort: spring
pair: chen-eve
due: 2026-01-26
participant: eve
answered_on: 2026-01-26
received_on: 2026-01-26
received_by: github
met: true
"""
CHECK_IN_PATH = "content/check-ins/spring/chen-eve/2026-01-26-eve.yml"


@pytest.fixture
def replaced(root: Path) -> Path:
    """A program in which a mentor was replaced after the first check-in, and the pair renamed."""
    begin(root, "--yes")
    folder.write(root, {CHECK_IN_PATH: CHECK_IN})
    overrule(root)
    assert begin(root, "chen-eve", "--yes", today=date(2026, 2, 1)).exit_code == 0
    return root


def test_check_ins_follow_their_pair(replaced: Path) -> None:
    moved = replaced / CHECK_IN_PATH.replace("chen-eve", "ada-eve")
    assert moved.read_text() == CHECK_IN.replace("chen-eve", "ada-eve")
    assert not (replaced / CHECK_IN_PATH).exists()
    pair = load(replaced).program.pairs["spring", "ada-eve"]
    assert (pair.started_on, pair.former[0].status) == (date(2026, 1, 14), "active")
    assert folder.errors(replaced, date(2026, 2, 1)) == []


def test_a_check_in_that_comes_under_the_old_id_is_moved_by_the_next_run(replaced: Path) -> None:
    late = CHECK_IN.replace("participant: eve", "participant: ada")
    path = CHECK_IN_PATH.replace("eve.yml", "ada.yml")
    folder.write(replaced, {path: late})
    (found,) = folder.errors(replaced, date(2026, 2, 1))
    assert found.help == (
        "the pair is called 'ada-eve' now: write that, and move this to "
        "content/check-ins/spring/ada-eve/2026-01-26-ada.yml"
    )
    assert begin(replaced, "--yes", today=date(2026, 2, 1)).exit_code == 0
    assert folder.errors(replaced, date(2026, 2, 1)) == []


def test_of_two_check_ins_under_former_ids_neither_is_lost(replaced: Path) -> None:
    edit(replaced, f"{PAIRS}/ada-eve.yml", "mentor: ada", "mentor: chen")
    edit(replaced, f"{PAIRS}/ada-eve.yml", "former:\n", "former:\n  - id: first\n  - id: second\n")
    late = {who: CHECK_IN.replace("by phone", who) for who in ("first", "second")}
    for id_, text in late.items():
        path = CHECK_IN_PATH.replace("chen-eve", id_).replace("01-26", "02-09")
        moved = text.replace("chen-eve", id_).replace("2026-01-26", "2026-02-09")
        folder.write(replaced, {path: moved})
    begin(replaced, "--yes", today=date(2026, 2, 10))
    kept = [file.read_text() for file in (replaced / "content/check-ins").rglob("*02-09-eve.yml")]
    assert sorted(text.splitlines()[0] for text in kept) == ["# first", "# second"]


def test_a_check_in_is_never_written_over_another(root: Path) -> None:
    begin(root, "--yes")
    other = CHECK_IN.replace("chen-eve", "ada-eve")
    folder.write(root, {CHECK_IN_PATH: CHECK_IN})
    folder.write(root, {CHECK_IN_PATH.replace("chen-eve", "ada-eve"): other})
    overrule(root)
    assert "where one is already: keep one of the two" in refusal(root)


def test_the_day_that_git_knows_is_written_down_before_the_file_moves(replaced: Path) -> None:
    program = load(replaced).program
    (path,) = {program.path(check_in) for check_in in program.check_ins}
    edit(replaced, path, "received_on: 2026-01-26\nreceived_by: github\n", "")
    known = replace(load(replaced).program, received={path: date(2026, 1, 28)})
    pair = known.pairs["spring", "ada-eve"]
    moves = list(move_check_ins(known, pair, "other", lambda at: (replaced / at).read_text()))
    ((old, new, text),) = moves
    assert (old, new) == (path, path.replace("ada-eve", "other"))
    record = source.parse(text.encode()).value
    assert (record["received_on"], record["received_by"]) == ("2026-01-28", "git")


def test_the_issue_of_an_old_id_still_is_the_one_of_its_pair(replaced: Path) -> None:
    mark = Mark(what="check-in", cohort="spring", pair="chen-eve", due=date(2026, 2, 9))
    issue = Issue(number=7, title="x", body=f"{mark}\nx", is_open=True, comments=0, is_ours=True)
    plan = plan_reminders(load(replaced).program, date(2026, 2, 8), [issue])
    assert [a.mark.pair for a in plan.actions if a.kind != "open"] == []
    opened = [a.mark.pair for a in plan.actions if a.kind == "open"]
    assert "ada-eve" not in opened
    assert "ada-grace" in opened


def test_a_form_with_the_old_id_is_for_its_pair(replaced: Path) -> None:
    folder.write(replaced, {"content/participants/eve.yml": person("eve", "mentee", "github: e\n")})
    program = load(replaced).program
    answers = {"which": "spring/chen-eve/2026-02-09", "next_steps": "Read a book"}
    body = "\n\n".join(
        f"### {question.label}\n\n{answers.get(question.id, '_No response_')}"
        for question in form_questions("check-in", program)
    )
    sender = Sender(login="e", number=1, participant="eve")
    day = date(2026, 2, 9)
    sent = Submission(kind="check-in", body=body, received_on=day, sender=sender)
    made = read_submission(sent, program, lambda _: None).changes
    assert list(made) == ["content/check-ins/spring/ada-eve/2026-02-09-eve.yml"]


# The old address.

OLD = "pairs/spring/chen-eve/index.html"


def redirects(root: Path, who: audience.Audience) -> dict[str, bytes]:
    return render_redirects(load(root).program, who)


def test_the_old_address_leads_on_and_is_in_no_index(replaced: Path) -> None:
    page = redirects(replaced, "public")[OLD].decode()
    assert '<meta http-equiv="refresh" content="0; url=../ada-eve/">' in page
    assert '<link rel="canonical" href="../ada-eve/">' in page
    assert '<meta name="robots" content="noindex">' in page
    assert '<a href="../ada-eve/">Ada Example and Eve Example</a>' in page


def test_a_name_on_it_is_only_text(replaced: Path) -> None:
    edit(replaced, "content/participants/eve.yml", "Eve Example", '"<script>x</script>"')
    page = redirects(replaced, "public")[OLD].decode()
    assert "<script>" not in page


def test_where_addresses_are_files_it_is_one(replaced: Path) -> None:
    program = load(replaced).program
    (path,) = render_redirects(program, "public", has_folders=False)
    assert path == "pairs/spring/chen-eve.html"


def test_a_proposal_that_was_overruled_leads_on_only_for_who_could_see_it(root: Path) -> None:
    overrule(root)
    begin(root, "--yes")
    assert OLD not in redirects(root, "public")
    assert OLD in redirects(root, "members")
    assert OLD in redirects(root, "coordinators")


def test_an_old_id_is_hidden_with_the_person_whom_it_names(replaced: Path) -> None:
    chen = person("chen", "mentor", show="members")
    folder.write(replaced, {"content/participants/chen.yml": chen})
    assert OLD not in redirects(replaced, "public")
    assert OLD in redirects(replaced, "members")


def test_an_old_id_of_which_nobody_knows_whom_it_names_is_for_coordinators(replaced: Path) -> None:
    path = f"{PAIRS}/ada-eve.yml"
    edit(replaced, path, "    people:\n      - chen\n      - eve\n", "")
    assert OLD not in redirects(replaced, "members")
    assert OLD in redirects(replaced, "coordinators")


def test_nobody_is_led_to_a_pair_that_is_hidden_now(replaced: Path) -> None:
    eve = person("eve", "mentee", show="coordinators")
    folder.write(replaced, {"content/participants/eve.yml": eve})
    assert redirects(replaced, "members") == {}


def test_somebody_whose_record_is_deleted_is_found_in_former_ids_too(replaced: Path) -> None:
    (replaced / "content/participants/chen.yml").unlink()
    assert ("named-people-exist", f"{PAIRS}/ada-eve.yml") in {
        (d.rule, d.path) for d in folder.errors(replaced, date(2026, 2, 1))
    }


def test_a_pair_is_hidden_while_its_id_names_somebody_who_is(root: Path) -> None:
    folder.write(root, {"content/participants/chen.yml": person("chen", "mentor", show="members")})
    begin(root, "--yes")
    overrule(root)
    key = ("spring", "chen-eve")
    program = load(root).program
    assert key not in audience.visible_program(program, "public").pairs
    assert key in audience.visible_program(program, "members").pairs
    assert key in audience.visible_program(program, "coordinators").pairs
    begin(root, "--yes")
    assert ("spring", "ada-eve") in audience.visible_program(load(root).program, "public").pairs
