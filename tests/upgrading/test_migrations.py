"""Each migration gives records the new form, keeps what people wrote, and can be made again."""

import re
from datetime import date
from pathlib import Path

import pytest
from packaging.version import Version

from peerloom import __version__
from peerloom.records import FactDay
from peerloom.upgrading.migrations import MIGRATIONS, Migrated, migrations_from
from peerloom.upgrading.migrations.migration import FactDays
from peerloom.upgrading.releases import release_versions

PAIR = "content/pairs/spring/ada-li-grace.yml"
PEOPLE = {f"content/participants/{id_}.yml": f"id: {id_}\n" for id_ in ("ada-li", "grace", "eve")}
PROPOSED = """\
id: ada-li-grace
cohort: spring
mentor: ada-li  # she asked for it
mentee: grace
status: proposed
match:
  by: peerloom
  # Written by the program.
  score: 0.9
"""


OWN_DAYS = "content/pairs/spring/ada-grace.yml"
UNDATED = """\
id: ada-grace
cohort: spring
mentor: ada
mentee: grace
status: paused
goals:
  # The first of two.
  - id: first
    title: First  # soon
    levels: [a, b, c, d, e]
  - {id: second, title: Second}
stories:
  - by: ada
    text: Good.
"""
DAYS = {
    (OWN_DAYS, "proposed"): FactDay(day=date(2026, 1, 3), is_exact=True),
    (OWN_DAYS, "started"): FactDay(day=date(2026, 1, 12), is_exact=True),
    (OWN_DAYS, "goal first"): FactDay(day=date(2026, 1, 20), is_exact=True),
    (OWN_DAYS, "goal second"): FactDay(day=date(2026, 1, 21), is_exact=True),
    (OWN_DAYS, "story ada"): FactDay(day=date(2026, 2, 2), is_exact=True),
    (OWN_DAYS, "paused"): FactDay(day=date(2026, 3, 3), is_exact=True),
}


def _migrate(name: str, texts: dict[str, str], days: FactDays | None = None) -> Migrated:
    (migration,) = (each for each in MIGRATIONS if each.name == name)
    return migration.migrate(texts, days or {})


def _migrate_pair(text: str, **people: str) -> Migrated:
    return _migrate("say-of-whom-matches-are", PEOPLE | people | {PAIR: text})


def _migrate_settings(text: str) -> Migrated:
    return _migrate("align-columns-without-styles", {"mkdocs.yml": text})


def test_migrations_have_names_of_their_modules_and_of_versions_that_are() -> None:
    names = [each.name for each in MIGRATIONS]
    assert len({*names}) == len(names)
    for each in MIGRATIONS:
        assert re.fullmatch("[a-z]+(-[a-z]+)+", each.name)
        assert each.since in release_versions()
        assert each.reason.endswith(".")
        module = each.migrate.__module__.rpartition(".")[2]
        assert module == each.name.replace("-", "_")
    folder = Path(__file__).parents[2] / "tools/peerloom/upgrading/migrations"
    modules = {file.stem for file in folder.glob("*.py")} - {"__init__", "migration"}
    assert modules == {name.replace("-", "_") for name in names}


def test_a_program_gets_the_migrations_since_its_version_and_of_it() -> None:
    assert migrations_from("0.1.0") == MIGRATIONS
    assert all(Version(each.since) >= Version("0.2.0") for each in migrations_from(__version__))


def test_a_match_says_of_whom_it_is_and_comments_stay() -> None:
    migrated = _migrate_pair(PROPOSED)
    assert migrated.left == {}
    assert migrated.changes == {PAIR: f"{PROPOSED}  people:\n    - ada-li\n    - grace\n"}


def test_the_match_of_a_pair_with_somebody_else_by_now_is_of_the_two_before() -> None:
    migrated = _migrate_pair(PROPOSED.replace("mentor: ada-li", "mentor: eve"))
    assert str(migrated.changes[PAIR]).endswith("  people:\n    - ada-li\n    - grace\n")


def test_the_match_of_peers_is_of_both() -> None:
    peers = PROPOSED.replace(
        "mentor: ada-li  # she asked for it\nmentee: grace", "peers: [ada-li, grace]"
    )
    assert str(_migrate_pair(peers).changes[PAIR]).endswith("    - ada-li\n    - grace\n")


@pytest.mark.parametrize(
    ("old", "new"), [("by: peerloom", "by: noor"), ("  score: 0.9", "  people: [ada-li, grace]")]
)
def test_a_match_by_a_person_or_with_its_people_stays(old: str, new: str) -> None:
    assert _migrate_pair(PROPOSED.replace(old, new)) == Migrated()


def test_what_the_id_does_not_tell_is_left_to_a_person() -> None:
    unknown = PROPOSED.replace("mentor: ada-li", "mentor: eve").replace(
        "id: ada-li-grace", "id: x-y"
    )
    assert _migrate_pair(unknown).left == {
        PAIR: "write into 'match' whom it is about: 'people: [MENTOR, MENTEE]'"
    }
    two_ways = {f"content/participants/{id_}.yml": "" for id_ in ("ada", "li-grace")}
    assert PAIR in _migrate_pair(PROPOSED.replace("mentor: ada-li", "mentor: eve"), **two_ways).left


@pytest.mark.parametrize("text", ["", "[", "- a\n", "match: x\n", "id: x\nmatch: {by: peerloom"])
def test_a_pair_that_cannot_be_read_is_not_touched(text: str) -> None:
    assert _migrate_pair(text).changes == {}


SETTINGS = """\
site_name: Reading
markdown_extensions:
  - admonition
  - tables  # our own
  - toc:
      permalink: false
plugins:
  - peerloom
"""


def test_tables_get_their_option_and_all_else_stays() -> None:
    expected = SETTINGS.replace(
        "  - tables  # our own\n", "  - tables:  # our own\n      use_align_attribute: true\n"
    )
    assert _migrate_settings(SETTINGS).changes == {"mkdocs.yml": expected}
    windows = SETTINGS.replace("\n", "\r\n")
    assert _migrate_settings(windows).changes == {"mkdocs.yml": expected.replace("\n", "\r\n")}


def test_a_list_between_brackets_stays_one() -> None:
    assert _migrate_settings(
        "markdown_extensions: [admonition, tables, toc]  # ours\n"
    ).changes == {
        "mkdocs.yml": "markdown_extensions: [admonition, "
        "{tables: {use_align_attribute: true}}, toc]  # ours\n"
    }


@pytest.mark.parametrize(
    "text",
    [
        "",
        "site_name: x\n",
        "- a\n",
        "markdown_extensions: [toc]\n",
        "markdown_extensions:\n  - tables:\n      use_align_attribute: false\n",
        "plugins: [tables]\n",
        "markdown_extensions:\n  tables: {}\n",
    ],
)
def test_settings_without_plain_tables_stay(text: str) -> None:
    assert _migrate_settings(text) == Migrated()


def test_settings_that_are_no_yaml_are_left_to_a_person() -> None:
    assert _migrate_settings("a: [").left == {
        "mkdocs.yml": "make it valid YAML, then run 'peerloom upgrade' again"
    }


def test_settings_with_tags_of_mkdocs_are_read_and_kept() -> None:
    tagged = SETTINGS + "extra: !ENV [NAME, x]\n"
    assert "!ENV [NAME, x]" in str(_migrate_settings(tagged).changes["mkdocs.yml"])


@pytest.mark.parametrize(
    ("name", "texts"),
    [
        ("say-of-whom-matches-are", PEOPLE | {PAIR: PROPOSED}),
        ("align-columns-without-styles", {"mkdocs.yml": SETTINGS}),
    ],
)
def test_what_is_migrated_stays_as_it_is(name: str, texts: dict[str, str]) -> None:
    changes = {p: t for p, t in _migrate(name, texts).changes.items() if t is not None}
    assert changes
    assert _migrate(name, texts | changes) == Migrated()


def _give_days(text: str, days: FactDays = DAYS, path: str = OWN_DAYS) -> Migrated:
    return _migrate("give-facts-their-days", {path: text}, days)


def test_each_fact_of_a_pair_gets_its_day_beside_it_and_comments_stay() -> None:
    migrated = _give_days(UNDATED)
    assert migrated.left == {}
    assert migrated.changes[OWN_DAYS] == (
        UNDATED.replace(", d, e]\n", ", d, e]\n    set_on: '2026-01-20'\n")
        .replace("title: Second}", "title: Second, set_on: '2026-01-21'}")
        .replace("    text: Good.\n", "    text: Good.\n    'on': '2026-02-02'\n")
        + "proposed_on: '2026-01-03'\nstarted_on: '2026-01-12'\npauses:\n  - starts: '2026-03-03'\n"
    )


def test_a_decision_and_a_break_of_a_person_get_their_days() -> None:
    path = "content/participants/ada.yml"
    text = (
        "id: ada\nname: Ada\npaused_until: 2026-02-02\ncohorts:\n"
        "  - cohort: spring\n    role: mentor\n    state: waiting\n"
    )
    days = {
        (path, "decision spring mentor"): FactDay(day=date(2026, 1, 9), is_exact=True),
        (path, "break"): FactDay(day=date(2026, 1, 19), is_exact=True),
    }
    assert _give_days(text, days, path).changes[path] == (
        text + "    decided_on: '2026-01-09'\n"
        "breaks:\n  - starts: '2026-01-19'\n    ends: '2026-02-02'\n"
    )


def test_a_public_program_gets_no_day_that_it_must_not_hold() -> None:
    texts = {OWN_DAYS: UNDATED, "content/program.yml": "visibility: public\n"}
    migrated = _migrate("give-facts-their-days", texts, DAYS)
    assert "pauses" not in str(migrated.changes[OWN_DAYS])
    assert "set_on" in str(migrated.changes[OWN_DAYS])


def test_a_day_that_git_knows_only_as_the_latest_is_not_written() -> None:
    latest = {key: FactDay(day=found.day, is_exact=False) for key, found in DAYS.items()}
    assert _give_days(UNDATED, latest) == Migrated()


def test_a_record_whose_days_cannot_be_added_is_left_to_a_person() -> None:
    text = "{id: ada-grace, status: proposed, status: active}\n"
    assert _give_days(text).left == {OWN_DAYS: "write in the days that 'peerloom check' names"}


def test_records_that_have_their_days_stay() -> None:
    once = str(_give_days(UNDATED).changes[OWN_DAYS])
    assert _give_days(once) == Migrated()
