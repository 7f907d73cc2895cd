"""`peerloom review`: what is said of a pull request, and that nothing in it acts."""

import html
import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import folder
from commits import Commits, Files
from peerloom import review as reviews
from peerloom.cli.command import peerloom
from peerloom.program import Snapshot, check, examine_snapshot
from peerloom.text.escaping.github import disarm_text

TODAY = "2026-03-01"
ADA = "content/participants/ada.yml"
GRACE = "content/participants/grace.yml"
PAIR = "content/pairs/spring/ada-grace.yml"
ANSWERS = "content/check-ins/spring/ada-grace"
FIRST = f"{ANSWERS}/2026-01-26-grace.yml"
SECOND = f"{ANSWERS}/2026-02-09-grace.yml"


def check_in(due: str, level: int, more: str = "") -> str:
    return f"""\
cohort: spring
pair: ada-grace
due: {due}
participant: grace
answered_on: {due}
met: true
meetings:
  - on: {due}
    minutes: 50
goals:
  - goal: first-package
    level: {level}
{more}"""


BASE = folder.MINIMAL | {
    ADA: folder.MINIMAL[ADA] + "github: ada\ngithub_id: 2\n",
    GRACE: folder.MINIMAL[GRACE] + "github: grace\ngithub_id: 3\n",
    FIRST: check_in("2026-01-26", 0),
}
CLEAN: Files = {SECOND: check_in("2026-02-09", 1)}


class Hub:
    """A repository with a base, and pull requests to it."""

    def __init__(self, where: Path, base: dict[str, str]) -> None:
        self.commits = Commits(where)
        self.main = self.commits.commit("main", base)

    def propose(self, files: Files, branch: str = "topic") -> str:
        return self.commits.commit(branch, files, self.main)

    def run(self, author: str = "grace", number: int = 3, *more: str) -> Result:
        arguments = ["-C", str(self.commits.folder), "review", "--base", "main"]
        arguments += ["--author", author, "--author-id", str(number), "--today", TODAY]
        arguments += ["--received", "2026-02-10"] if "--received" not in more else []
        if "--head" not in more:
            arguments += ["--head", "topic"]
        return CliRunner().invoke(peerloom, [*arguments, *more], catch_exceptions=False)

    def json(self, author: str = "grace", number: int = 3, *more: str) -> dict[str, object]:
        said = json.loads(self.run(author, number, "--format", "json", *more).stdout)
        assert isinstance(said, dict)
        return said

    def comment(self, author: str = "grace", number: int = 3) -> str:
        where = ("--repository", "grace/mentoring", "--head-branch", "patch-1")
        return self.run(author, number, "--format", "md", *where).stdout


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    return Hub(tmp_path / "origin.git", BASE)


def with_settings(tmp_path: Path, more: str, files: dict[str, str] | None = None) -> Hub:
    program = "content/program.yml"
    settings = BASE[program].replace("coordinator_ids: {noor: 1}\n", "") + more
    return Hub(tmp_path / "other.git", BASE | {program: settings} | (files or {}))


Golden = Callable[[str, str], None]


def test_a_check_in_is_said_in_peoples_words(hub: Hub, golden: Golden) -> None:
    hub.propose(CLEAN)
    said = hub.run()
    assert said.exit_code == 0
    golden("review/check-in.text", said.stdout)
    golden("review/check-in.md", hub.comment())
    golden("review/check-in.json", hub.run("grace", 3, "--format", "json").stdout)
    assert hub.json()["changes"][0]["says"] == [
        "Grace Example's check-in of 9 February",
        "met on 9 February",
        "goal “Publish a first package” moved from 0 to +1",
    ]


def test_a_comment_speaks_of_mistakes_and_leads_to_their_lines(hub: Hub, golden: Golden) -> None:
    hub.propose({SECOND: check_in("2026-02-10", 3, "fit: godo\n")})
    assert hub.run().exit_code == 1
    assert hub.json()["verdict"] == "has mistakes"
    comment = hub.comment()
    golden("review/mistakes.md", comment)
    assert f"(https://github.com/grace/mentoring/edit/patch-1/{SECOND}#L13)" in comment


def test_a_step_that_no_goal_has_is_a_mistake_like_any_other(hub: Hub) -> None:
    hub.propose({SECOND: check_in("2026-02-09", 9)})
    said = hub.json()
    assert said["verdict"] == "has mistakes"
    (found,) = said["diagnostics"]
    assert (found["line"], found["message"]) == (12, "level 9 must be from −2 to +2")
    assert f"(https://github.com/grace/mentoring/edit/patch-1/{SECOND}#L12)" in hub.comment()


def test_a_comment_says_what_is_not_the_authors_to_change(hub: Hub, golden: Golden) -> None:
    hub.propose({ADA: BASE[ADA].replace("python", "statistics"), "tools/x.py": "x\n", **CLEAN})
    assert hub.run().exit_code == 1
    golden("review/not-allowed.md", hub.comment())
    golden("review/not-allowed.text", hub.run().stdout)
    assert hub.json()["labels"] == ["check-in", "needs a coordinator", "for a maintainer"]


def test_a_newcomer_signs_up_and_is_told_what_will_be_seen(hub: Hub, golden: Golden) -> None:
    text = BASE[GRACE].replace("grace", "cem").replace("Grace", "Cem").replace("id: 3", "id: 9")
    hub.propose({"content/participants/cem.yml": text})
    said = hub.json("Cem", 9)
    assert (said["verdict"], said["labels"]) == ("may merge", ["sign-up"])
    golden("review/sign-up.md", hub.comment("Cem", 9))
    other = hub.json("eve", 10)
    assert (other["verdict"], other["decided_by"]) == ("not allowed", "nobody")


SAYS: dict[str, tuple[Files, list[str]]] = {
    "a pair's goals, agreement and story": (
        {
            PAIR: BASE[PAIR].replace("a first package", "two packages")
            + "  - id: talk\n    title: Give a talk\n"
            + "agreement:\n  agreed_on: 2026-01-16\n"
            + "stories:\n  - by: grace\n    text: It helped.\n"
        },
        [
            "The pair: Ada Example and Grace Example",
            "the goal “Publish two packages” is changed",
            "a new goal: “Give a talk”",
            "the agreement is written",
            "a story that Grace Example tells",
        ],
    ),
    "a record's fields, and not those that few may see": (
        {GRACE: BASE[GRACE] + "pronouns: she/her\nexcluded: [ada]\n"},
        [
            "Grace Example's record",
            "changed: pronouns",
            "also changed: something that not every reader of this may see",
        ],
    ),
    "an event and a resource": (
        {
            "content/events/walk.yml": (
                "id: walk\ntitle: A walk\nkind: social\non: 2026-03-12\nsetting: in_person\n"
            )
        },
        ["A suggested event: A walk, 12 March"],
    ),
    "a changed check-in": (
        {FIRST: check_in("2026-01-26", -2)},
        [
            "Grace Example's check-in of 26 January",
            "goal “Publish a first package” moved from 0 to −2",
            "changed: goals",
        ],
    ),
    "a file that goes": ({FIRST: None}, ["Grace Example's check-in of 26 January is deleted"]),
    "a file that moves": (
        {FIRST: None, SECOND: BASE[FIRST]},
        [f"Grace Example's check-in of 26 January moves from '{FIRST}' to '{SECOND}'"],
    ),
    "a file elsewhere": ({"tools/x.py": "x\n"}, ["The file 'tools/x.py'"]),
}


@pytest.mark.parametrize("case", SAYS, ids=lambda case: case.replace(" ", "-"))
def test_a_change_is_said_in_peoples_words(hub: Hub, case: str) -> None:
    files, expected = SAYS[case]
    hub.propose(files)
    changes = hub.json()["changes"]
    assert isinstance(changes, list)
    assert [line for change in changes for line in change["says"]] == expected


def test_a_public_repository_is_told_no_more_than_the_public_may_see(tmp_path: Path) -> None:
    program = BASE["content/program.yml"].replace("private", "public")
    hub = Hub(tmp_path / "public.git", BASE | {"content/program.yml": program})
    more = "ratings:\n  useful: 1\nchallenges: Nothing works between us.\n"
    hub.propose({SECOND: check_in("2026-02-09", 1, more)})
    changes = hub.json()["changes"]
    assert isinstance(changes, list)
    assert changes[0]["says"] == ["Grace Example's check-in of 9 February", "met on 9 February"]
    assert "Nothing works" not in hub.comment()
    assert "first package" not in hub.comment()


# Who it is: login, number, what settings say, role.
WHO = [
    ("grace", 3, "", "participant"),
    ("Grace", 3, "", "participant"),
    ("grace-renamed", 3, "", "participant"),
    ("grace", 4, "", "recycled"),
    ("noor", 1, "", "coordinator"),
    ("NOOR", 1, "", "coordinator"),
    ("noor", 1, "coordinator_ids: {noor: 1}\n", "coordinator"),
    ("noor-renamed", 1, "coordinator_ids: {Noor: 1}\n", "coordinator"),
    ("noor", 5, "coordinator_ids: {noor: 1}\n", "recycled"),
    ("tiago", 6, "coordinator_ids: {tiago: 6}\n", "newcomer"),
    ("eve", 9, "", "newcomer"),
]


@pytest.mark.parametrize(("login", "number", "settings", "role"), WHO)
def test_people_are_known_by_number_once_seen(
    tmp_path: Path, login: str, number: int, settings: str, role: str
) -> None:
    hub = with_settings(tmp_path, settings)
    hub.propose(CLEAN)
    author = hub.json(login, number)["author"]
    assert isinstance(author, dict)
    assert author["role"] == role


def test_a_login_without_a_number_is_enough_until_one_is_written_down(tmp_path: Path) -> None:
    files = {GRACE: folder.MINIMAL[GRACE] + "github: Grace\n"}
    hub = with_settings(tmp_path, "", files)
    hub.propose({GRACE: files[GRACE] + "github_id: 8\n"})
    assert hub.json("grace", 8)["verdict"] == "may merge"
    assert hub.json("grace", 9)["verdict"] == "not allowed"


def test_the_policy_in_force_is_the_bases(hub: Hub) -> None:
    program = BASE["content/program.yml"].replace("[noor]", "[noor, grace]")
    hub.propose({"content/program.yml": program, ADA: BASE[ADA] + "pronouns: x\n"})
    assert hub.json()["verdict"] == "not allowed"
    assert hub.json("noor", 1)["verdict"] == "may merge"


def test_only_what_the_change_brings_is_said(tmp_path: Path) -> None:
    broken = {"content/participants/bob.yml": "id: bob\n"}
    hub = with_settings(tmp_path, "", broken)
    hub.propose(CLEAN)
    assert hub.json()["diagnostics"] == []
    hub.propose({GRACE: None})
    assert {(d["path"], d["rule"]) for d in hub.json("noor", 1)["diagnostics"]} == {
        (PAIR, "named-people-exist"),
        (FIRST, "named-people-exist"),
    }


def test_a_clean_check_in_merges_itself_where_the_base_says_so(tmp_path: Path) -> None:
    hub = with_settings(tmp_path, "merge: when clean\n")
    by_hand = Hub(tmp_path / "by-hand.git", BASE)
    for other in (hub, by_hand):
        other.propose(CLEAN)
    assert hub.json()["merge_itself"] is True
    assert "It merges by itself" in hub.comment()
    assert by_hand.json()["merge_itself"] is False
    # Not by somebody else, not with anything beside it, not with a remark, not if there is nothing.
    assert hub.json("noor", 1)["merge_itself"] is False
    assert hub.json("ada", 2)["merge_itself"] is False
    for more in ({GRACE: BASE[GRACE] + "pronouns: x\n"}, {"README.md": "x\n"}):
        hub.propose({**CLEAN, **more})
        assert hub.json()["merge_itself"] is False
    hub.propose({SECOND: check_in("2026-02-09", 1, "challenges: Write to me, 030 1234567.\n")})
    assert (hub.json()["verdict"], hub.json()["merge_itself"]) == ("may merge", False)
    assert hub.json("grace", 3, "--head", "main")["merge_itself"] is False


def test_a_pull_request_that_asks_for_its_own_merge_is_not_heard(hub: Hub) -> None:
    program = BASE["content/program.yml"] + "merge: when clean\n"
    hub.propose({**CLEAN, "content/program.yml": program})
    assert hub.json()["merge_itself"] is False
    assert hub.json("noor", 1)["merge_itself"] is False


def test_a_file_that_the_base_changed_too_must_be_brought_up_to_date(hub: Hub) -> None:
    parted = hub.main
    hub.propose({GRACE: BASE[GRACE].replace("python", "statistics"), **CLEAN})
    hub.commits.commit("main", {GRACE: BASE[GRACE] + "pronouns: she/her\n"}, parted)
    said = hub.json()
    assert said["verdict"] == "has mistakes"
    assert [(d["path"], d["rule"]) for d in said["diagnostics"]] == [
        (GRACE, "branch-is-up-to-date")
    ]


def test_what_the_base_has_already_is_no_change(hub: Hub) -> None:
    hub.propose({**CLEAN, GRACE: BASE[GRACE] + "pronouns: she/her\n"})
    hub.commits.commit("main", {**CLEAN, "content/pages/new.md": "# New\n"}, hub.main)
    said = hub.json()
    assert [change["path"] for change in said["changes"]] == [GRACE]
    assert said["verdict"] == "may merge"


def test_a_folder_that_moved_away_since_takes_new_files_with_it(hub: Hub) -> None:
    parted = hub.main
    hub.propose(CLEAN)
    moved = FIRST.replace("ada-grace/", "elsewhere/")
    hub.commits.commit("main", {FIRST: None, moved: BASE[FIRST]}, parted)
    rules = [d["rule"] for d in hub.json()["diagnostics"] if d["path"] == SECOND]
    assert rules == ["branch-is-up-to-date"]


def test_two_histories_that_met_twice_must_be_brought_together_first(hub: Hub) -> None:
    start = hub.main
    one = hub.commits.commit("one", {"a": "1"}, start)
    two = hub.commits.commit("two", {"b": "1"}, start)
    hub.commits.commit("main", {"b": "1"}, one, two)
    hub.commits.commit("topic", {"a": "1", **CLEAN}, two, one)
    assert [d["rule"] for d in hub.json()["diagnostics"]] == ["branch-is-up-to-date"]
    hub.commits.commit("topic", {"a": "1", "b": "1"}, "refs/heads/topic", "refs/heads/main")
    assert hub.json()["verdict"] == "may merge"


def test_a_record_that_is_too_large_is_not_read(hub: Hub) -> None:
    hub.propose({SECOND: check_in("2026-02-09", 1) + "# x\n" * 100_000})
    said = hub.json()
    assert [(d["rule"], d["line"]) for d in said["diagnostics"]] == [("too-large", 1)]
    assert said["verdict"] == "has mistakes"


def test_a_pull_request_that_is_too_large_is_for_a_maintainer(hub: Hub) -> None:
    files = {f"content/resources/r{n}.yml": "id: r\n" for n in range(3001)}
    hub.propose(files)
    said = hub.json("noor", 1)
    assert (said["decided_by"], said["labels"]) == ("maintainer", ["for a maintainer"])
    assert hub.json("eve", 9)["decided_by"] == "maintainer"


HOSTILE = (
    "@noor @team/all fixes #1, Closes: GH-2, resolves reading-circle/mentoring#3 "
    "fixed https://github.com/reading-circle/mentoring/issues/4 <!-- peerloom review --> "
    "<img src=x onerror=alert(1)> ![x](http://a.example/x.png) [y](javascript:alert(1)) "
    "``` ~~~ | a | $(touch owned) `id` ::set-output name=x::y {{ 1 }} www.example.org"
)
ACTS = re.compile(
    r"@\w | [#]\d | \bGH-\d | \b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?)\b | <!--",
    re.IGNORECASE | re.VERBOSE,
)


def test_nothing_that_people_wrote_acts_in_a_comment(hub: Hub) -> None:
    name = json.dumps(HOSTILE)
    hub.propose(
        {
            GRACE: BASE[GRACE].replace("Grace Example", "x") + f"about: {name}\n",
            "content/resources/r.yml": f"id: r\nkind: book\ntitle: {name}\n",
            SECOND: check_in("2026-02-09", 1, f"fit: {name}\nnext_steps: {name}\n{name}: 1\n"),
            f"content/events/{HOSTILE.replace('/', '.')[:200]}.yml": "id: x\n",
            f"tools/{HOSTILE.replace('/', '.')[:200]}": "x",
        }
    )
    comment = hub.comment()
    first, _, rest = comment.partition("\n")
    assert first == reviews.COMMENT_MARK
    assert reviews.COMMENT_MARK not in rest
    assert "](javascript" not in comment
    text = re.sub("`[^`\n]*`", "", rest)  # what is code on one line leads nowhere
    assert [link for link in re.findall(r"\]\(([^)]*)", text) if "github.com" not in link] == []
    own_tags = r"</?(?:details|summary|code|sub)>|<br>"
    assert "<" not in re.sub(own_tags, "", re.sub(r"```.*?```|`[^`]*`", "", rest, flags=re.DOTALL))
    links = re.sub(r"\]\(https://github\.com/grace/mentoring/edit/[^)]*\)", "]", rest)
    assert ACTS.findall(html.unescape(links)) == []
    assert hub.run().exit_code == 1


def test_a_block_of_code_is_not_ended_by_what_is_in_it(hub: Hub) -> None:
    hub.propose({"content/pages/own.md": "# Own\n\n`````\n@noor fixes #1\n\n</details>\n"})
    comment = hub.comment()
    assert "``````text\n" in comment
    assert comment.count("``````") == 2
    assert "@noor" not in comment


NAMES: dict[str, bytes] = {
    "a line end": b"content/participants/x\n::error::y.yml",
    "no UTF-8": b"content/participants/\xff\xfe.yml",
    "a tab and quotes": b"content/pages/\t\"'.md",
    "reordering": "content/pages/\u202exy.md".encode(),
    "an escape": b"content/pages/\x1b[31m.md",
    "a backslash": b"content\\participants\\ada.yml",
    "an option": b"content/pages/--upload-pack=touch owned.md",
    "a shell's": b"content/pages/$(touch owned);`touch owned`.md",
    "a folder named as a record": b"content/participants/eve.yml/x.yml",
    "another's, shouted": b"content/participants/ADA.yml",
    "the program's, shouted": b"CONTENT/program.yml",
}


@pytest.mark.parametrize("name", NAMES, ids=lambda name: name.replace(" ", "-"))
def test_a_hostile_name_is_shown_and_does_nothing(hub: Hub, name: str) -> None:
    before = sorted(Path().iterdir())
    hub.propose({NAMES[name]: "# x\n"})
    for form in ("text", "md", "json"):
        said = hub.run("grace", 3, "--format", form)
        assert said.stderr == ""
        assert all(c == "\n" or c.isprintable() or c == "\u200b" for c in said.stdout), form
        assert not any(line.startswith("::") for line in said.stdout.splitlines())
    assert hub.json()["verdict"] in ("not allowed", "needs a coordinator", "has mistakes")
    assert sorted(Path().iterdir()) == before


def test_a_comment_is_never_too_long_for_github(hub: Hub) -> None:
    long = "<" * 190
    files: Files = {
        f"content/pages/{n}-{long}/{long}/{long}.md": f"# {long}\n" * (50 if n % 20 == 0 else 1)
        for n in range(120)
    }
    files |= {f"content/participants/{n}.yml": f"{long}: [" for n in range(120)}
    cohort = "content/cohorts/spring.yml"
    files[cohort] = BASE[cohort].replace("name: Spring", f"name: '{'<' * 100}'")
    for n in range(150):
        files[f"content/pairs/spring/p-{n}.yml"] = (
            f"id: p-{n}\ncohort: spring\nmentor: ada\nmentee: grace\nstatus: active\n"
            f"started_on: {date(2026, 1, 12) + timedelta(n)}\n"
        )
    hub.propose(files)
    for author, number in (("noor", 1), ("grace", 3), ("eve", 9)):
        comment = hub.comment(author, number)
        assert len(comment) <= 60_000
        begins = comment.partition("### What begins")[2].partition("\n###")[0]
        assert 1_000 < len(begins) <= 4_200
        assert "more; 'peerloom review' lists all of them." in comment


@pytest.mark.parametrize(
    ("text", "is_inert"),
    [
        ("mail me @ work", "mail me @ work"),
        ("@ada", "@\u200bada"),
        ("Fixes #3", "F\u200bixes #\u200b3"),
        ("a fixture, closet", "a fixture, closet"),
        ("gh-7", "gh-\u200b7"),
    ],
)
def test_words_that_act_on_github_are_broken_and_others_are_not(text: str, is_inert: str) -> None:
    assert disarm_text(text) == is_inert


@pytest.mark.parametrize("part", range(4))
def test_a_commit_is_held_to_what_a_folder_is_held_to(tmp_path: Path, part: int) -> None:
    cases = sorted((Path(__file__).parents[1] / "cases").glob("*/*.case"))[part::4]
    for number, case in enumerate(cases):
        files = folder.MINIMAL | folder.case(case)[0]
        root = folder.write(tmp_path / str(number), files)
        # What is outside of content is never read from a commit.
        records = {path: text for path, text in files.items() if path.startswith("content/")}
        snapshot = Snapshot({path: text.encode() for path, text in records.items()})
        found = examine_snapshot(snapshot, date.fromisoformat(TODAY)).diagnostics
        assert found == check(root, date.fromisoformat(TODAY)).diagnostics, case


def test_what_is_in_the_head_is_never_checked_out(tmp_path: Path) -> None:
    hub = Hub(tmp_path / "origin.git", BASE)
    hub.propose({**CLEAN, ".gitattributes": "* filter=x diff=x merge=x\n", "content/x": "x"})
    work = tmp_path / "clone"
    hub.commits.git("clone", "--quiet", "--branch", "main", ".", str(work))
    there = {path for path in work.rglob("*") if ".git" not in path.parts}
    for name, does in {"filter.x.smudge": "touch owned", "diff.x.textconv": "touch owned"}.items():
        hub.commits.git("-C", str(work), "config", name, does)
    arguments = [
        "--base",
        "main",
        "--head",
        "origin/topic",
        "--author",
        "grace",
        "--author-id",
        "3",
    ]
    said = CliRunner().invoke(peerloom, ["-C", str(work), "review", *arguments])
    assert said.exit_code == 1
    assert {path for path in work.rglob("*") if ".git" not in path.parts} == there


def test_wrong_use_exits_with_2_and_says_what_is_right(hub: Hub, tmp_path: Path) -> None:
    hub.propose(CLEAN)
    hub.commits.commit("orphan", {"a": "b"})
    blob = hub.commits.git("hash-object", "-w", "--stdin", given=b"x")
    for ref, why in {
        "nowhere": "'nowhere' must be a commit that was fetched; fetch it first",
        "--all": "'--all' must name a commit",
        blob: "must be a commit that was fetched",
        "orphan": "the two commits must share history; fetch all of it",
    }.items():
        said = hub.run("grace", 3, "--head", ref)
        assert (said.exit_code, said.stdout) == (2, "")
        assert why in said.stderr
    plain = tmp_path / "plain"
    plain.mkdir()
    arguments = ["review", "--base", "main", "--head", "topic", "--author", "a", "--author-id", "1"]
    said = CliRunner().invoke(peerloom, ["-C", str(plain), *arguments])
    assert said.exit_code == 2
    assert f"'{plain}' must be a Git repository" in said.stderr
    assert hub.run("not a login").exit_code == 2
    assert hub.run("grace", 0).exit_code == 2
    assert hub.run("grace", 3, "--repository", "no-slash").exit_code == 2


@pytest.mark.parametrize(
    ("applied_on", "decided_by"),
    [("2026-02-10", "author"), ("2026-02-09", "author"), ("2020-01-02", "coordinator")],
)
def test_an_application_that_is_older_than_its_pull_request_needs_a_coordinator(
    tmp_path: Path, applied_on: str, decided_by: str
) -> None:
    cohort = "content/cohorts/spring.yml"
    hub = Hub(tmp_path / "origin.git", BASE | {cohort: BASE[cohort] + "selects: true\n"})
    membership = f"{{cohort: spring, role: mentee, state: applied, applied_on: {applied_on}}}"
    record = f"id: yan\nname: Yan Li\ngithub: yan\ngithub_id: 12\ncohorts:\n  - {membership}\n"
    hub.propose({"content/participants/yan.yml": record})
    said = hub.json("yan", 12)
    assert said["decided_by"] == decided_by
