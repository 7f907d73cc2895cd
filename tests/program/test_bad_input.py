"""Bad input, by name: a clear message or harmless text, exit 1 or 2, nothing changed on disk."""

import html.parser
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner

import folder
from peerloom.cli.command import peerloom
from peerloom.source import dump

ROOT = Path(__file__).parents[2]
TODAY = "2026-03-01"
ADA = "content/participants/ada.yml"
PAIR = "content/pairs/spring/ada-grace.yml"


@dataclass(frozen=True)
class Said:
    """How a command ended."""

    code: int
    out: str
    err: str


def run(root: Path, *arguments: str) -> Said:
    """A command in a folder, which it must leave as it was; a traceback fails the test."""
    before = _tree(root)
    said = _unchecked(root, *arguments)
    assert _tree(root) == before
    return said


def _unchecked(root: Path, *arguments: str) -> Said:
    done = CliRunner().invoke(peerloom, ["-C", str(root), *arguments], catch_exceptions=False)
    return Said(done.exit_code, done.stdout, done.stderr)


def _tree(root: Path) -> dict[str, bytes | None]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None
        for path in root.rglob("*")
    }


def _program(root: Path, files: dict[str, str]) -> Path:
    folder.write(root, files)
    root.mkdir(exist_ok=True)
    settings = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    (root / "mkdocs.yml").write_text(settings.replace("Open Bench", "Reading Circle"))
    return root


BROKEN = {
    "an empty folder": (
        {},
        "content/program.yml:1:1: missing-program 'program' must hold a program, and has no "
        "'content/program.yml'\n"
        "  help: go to the program's folder or name it with '-C'; 'peerloom init DIR' starts one\n",
    ),
    "a folder without content": (
        {"README.md": "Hello\n"},
        "content/program.yml:1:1: missing-program 'program' must hold a program, and has no "
        "'content/program.yml'\n"
        "  help: go to the program's folder or name it with '-C'; 'peerloom init DIR' starts one\n",
    ),
    "a program that is a list": (
        folder.MINIMAL | {"content/program.yml": "- name: Reading Circle\n"},
        "content/program.yml:1:1: wrong-type a program must be a group of keys, and this file "
        "holds a list\n"
        "  help: write it as 'key: value' lines; 'peerloom schema program' shows the keys\n",
    ),
    "a record that is a bare text": (
        folder.MINIMAL | {ADA: "Ada Example\n"},
        "content/participants/ada.yml:1:1: wrong-type a participant must be a group of keys, and "
        "this file holds the text 'Ada Example'\n"
        "  help: write it as 'key: value' lines; 'peerloom schema participant' shows the keys\n",
    ),
    "a record that is empty": (
        folder.MINIMAL | {ADA: ""},
        "content/participants/ada.yml:1:1: wrong-type a participant must be a group of keys, and "
        "this file holds nothing\n"
        "  help: write it as 'key: value' lines; 'peerloom schema participant' shows the keys\n",
    ),
    "a folder named like a record": (
        folder.MINIMAL | {"content/participants/eve.yml/.gitkeep": ""},
        "content/participants/eve.yml:1:1: records-are-files 'content/participants/eve.yml' must "
        "be a file, and it is a folder\n"
        "  help: give the folder a name without '.yml' or '.md', or move it out of 'content'\n",
    ),
    "a name of 4,000 letters": (
        folder.MINIMAL | {ADA: folder.MINIMAL[ADA].replace("Ada Example", "x" * 4000)},
        "content/participants/ada.yml:2:7: too-long 'name' must have at most 200 characters, and "
        "has 4000\n",
    ),
    "an escape sequence": (
        folder.MINIMAL | {ADA: folder.MINIMAL[ADA].replace("Ada Example", "\x1b[31mAda\x1b[0m")},
        "content/participants/ada.yml:2:7: no-control-characters the control character U+001B "
        "must not be in a text\n"
        "  help: delete it; it cannot be seen, and came with something that was pasted\n",
    ),
    "an escaped escape sequence": (
        folder.MINIMAL | {ADA: folder.MINIMAL[ADA].replace("Ada Example", r'"\e[31mAda"')},
        "content/participants/ada.yml:2:7: no-control-characters the control character U+001B "
        "must not be in a text\n"
        "  help: delete it; it cannot be seen, and came with something that was pasted\n",
    ),
    "a path in an id": (
        folder.MINIMAL | {ADA: folder.MINIMAL[ADA].replace("id: ada", "id: ../../ada")},
        "content/participants/ada.yml:1:5: bad-format 'id' must be written such as "
        "'ada-lindgren', and is '../../ada'\n"
        "  help: small letters a to z and digits, words joined by single hyphens\n",
    ),
    "a template that begins a value": (
        folder.MINIMAL | {ADA: folder.MINIMAL[ADA].replace("Ada Example", "{{ name }}")},
        "content/participants/ada.yml:2:8: not-yaml a key must be a word, not a list or a group "
        "of keys\n"
        "  help: write it as 'key: value'; a text that begins with '{' or '[' needs quotes\n",
    ),
    "a template tag that begins a value": (
        folder.MINIMAL | {ADA: folder.MINIMAL[ADA].replace("Ada Example", "{% raw %}")},
        "content/participants/ada.yml:2:8: not-yaml a text must not begin with this character "
        "unless it is in quotes\n"
        "  help: put the whole text in quotes, or on lines of its own under 'key: >-'\n",
    ),
    "a mention that begins a value": (
        folder.MINIMAL | {ADA: folder.MINIMAL[ADA].replace("Ada Example", "@everyone")},
        "content/participants/ada.yml:2:7: not-yaml a text must not begin with this character "
        "unless it is in quotes\n"
        "  help: put the whole text in quotes, or on lines of its own under 'key: >-'\n",
    ),
    "a picture that begins a value": (
        folder.MINIMAL
        | {ADA: folder.MINIMAL[ADA].replace("Ada Example", "![x](http://a.example)")},
        "content/participants/ada.yml:2:8: not-yaml a text that begins with '!' must be in quotes\n"
        "  help: put the whole text in quotes, or on lines of its own under 'key: >-'\n",
    ),
}


@pytest.fixture(params=BROKEN, ids=lambda name: name.replace(" ", "-").replace(",", ""))
def broken(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, str]:
    files, said = BROKEN[request.param]
    return _program(tmp_path / "program", files), said


def test_check_says_what_is_wrong_and_where(broken: tuple[Path, str]) -> None:
    root, expected = broken
    said = run(root, "check", "--today", TODAY)
    found, _, summary = said.out.rstrip("\n").rpartition("\n")
    assert (said.code, found + "\n", said.err) == (1, expected, "")
    assert summary.endswith("checked: 1 error, 0 warnings")


MEND = "peerloom: these files must be fixed first; 'peerloom check' finds everything at once"


@pytest.mark.parametrize("command", [("attention",), ("report", "spring")])
def test_nothing_is_said_of_a_program_that_cannot_be_read(
    broken: tuple[Path, str], command: tuple[str, ...]
) -> None:
    root, expected = broken
    assert run(root, *command, "--today", TODAY) == Said(1, "", f"{expected}{MEND}\n")


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_no_site_is_built_of_a_program_that_cannot_be_read(
    broken: tuple[Path, str], engine: str
) -> None:
    root, expected = broken
    said = run(root, "build", "--engine", engine, "--today", TODAY)
    assert said == Said(1, "", f"{MEND}:\n{expected}")


@pytest.mark.parametrize("name", ["an empty folder", "a program that is a list"])
def test_no_record_is_added_to_what_is_no_program(tmp_path: Path, name: str) -> None:
    files, expected = BROKEN[name]
    root = _program(tmp_path / "program", files)
    said = run(root, "new", "resource", "id=r", "title=R", "kind=book", "--today", TODAY)
    nothing = "peerloom: nothing was written; a record needs a program to belong to\n"
    assert said == Said(1, "", expected + nothing)


_ID_MUST_BE = "'id' must be written such as 'ada-lindgren'"
_ID_HELP = "  help: small letters a to z and digits, words joined by single hyphens\n"
BAD_IDS = {
    "../../eve": f"bad-format {_ID_MUST_BE}, and is '../../eve'\n{_ID_HELP}",
    "😀": f"bad-format {_ID_MUST_BE}, and is '😀'\n{_ID_HELP}",
    "::error::x": f"bad-format {_ID_MUST_BE}, and is '::error::x'\n{_ID_HELP}",
    "\x1b[31m": (
        "no-control-characters the control character U+001B must not be in a text\n"
        "  help: delete it; it cannot be seen, and came with something that was pasted\n"
    ),
    "x" * 4000: "too-long 'id' must have at most 80 characters, and has 4000\n",
    "": "too-short 'id' must not be empty\n  help: or leave the key out\n",
}


@pytest.mark.parametrize("id_", BAD_IDS, ids=lambda id_: ascii(id_[:10]))
def test_no_record_is_made_under_an_id_that_cannot_be(tmp_path: Path, id_: str) -> None:
    root = _program(tmp_path / "program", folder.MINIMAL)
    parts = ("cohorts.cohort=spring", "cohorts.role=mentee")
    said = run(root, "new", "participant", f"id={id_}", "name=E", *parts, "--today", TODAY)
    needed = "nothing was written; a participant needs id, name, cohorts.cohort, cohorts.role"
    assert said == Said(1, "", f"{BAD_IDS[id_]}peerloom: {needed}\n")


BEGINNING = {
    "--name": "Reading Circle",
    "--repository": "reading-circle/mentoring",
    "--cohort": "2027-spring",
    "--starts": "2027-01-11",
    "--weeks": "20",
}
_HIDDEN = "the control character U+001B must not be in a text"
BAD_BEGINNINGS = {
    ("--name", "\x1b[31mRed"): f"--name: {_HIDDEN}",
    ("--name", "x" * 4000): "--name: 'name' must have at most 200 characters, and has 4000",
    ("--repository", "../../x"): (
        "--repository: 'repository' must be written such as 'reading-circle/mentoring', and is "
        "'../../x'"
    ),
    ("--cohort", "\x1b[31m"): f"--cohort: {_HIDDEN}",
    ("--cohort", "../../x"): (
        "--cohort: 'id' must be written such as '2026-spring', and is '../../x'"
    ),
    ("--cohort", "nul"): (
        "--cohort: the id must be a name that every computer can hold, and 'nul.yml' is a "
        "device's name on Windows"
    ),
    ("--starts", "9999-12-01"): "--starts: the cohort must end before the year 10000",
}


@pytest.mark.parametrize(("flag", "value"), BAD_BEGINNINGS, ids=lambda v: ascii(v[:12]))
def test_no_program_is_begun_from_what_it_could_not_say(
    tmp_path: Path, flag: str, value: str
) -> None:
    given = [part for pair in {**BEGINNING, flag: value}.items() for part in pair]
    said = run(tmp_path, "init", "program", *given)
    usage = "Usage: peerloom init [OPTIONS] DIR\nTry 'peerloom init --help' for help.\n\n"
    assert said == Said(2, "", f"{usage}Error: {BAD_BEGINNINGS[flag, value]}\n")


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_a_program_may_be_called_anything(tmp_path: Path, engine: str) -> None:
    name = " ".join(HARMLESS.values())[:200]
    given = [part for pair in {**BEGINNING, "--name": name}.items() for part in pair]
    assert _unchecked(tmp_path, "init", "program", *given).code == 0
    options = ("--engine", engine, "--out", str(tmp_path / "site"), "--today", TODAY)
    assert _unchecked(tmp_path / "program", "build", *options).code == 0
    for file in (tmp_path / "site").rglob("*.html"):
        page = _Page(file.read_text())
        assert page.runs == [], file
        assert name in page.seen, file


def test_a_file_that_may_not_be_read_is_never_passed_over(tmp_path: Path) -> None:
    # Some other user runs the commands: the superuser, who may run the tests, reads everything.
    with tempfile.TemporaryDirectory() as above:
        Path(above).chmod(0o777)
        root = _program(Path(above) / "program", folder.MINIMAL)
        (root / ADA).chmod(0)
        expected = (
            "content/participants/ada.yml:1:1: cannot-read 'content/participants/ada.yml' must be "
            "readable, and the system says: permission denied\n"
            "  help: check the file's permissions\n"
        )
        user = os.geteuid()
        os.seteuid(65534 if user == 0 else user)
        try:
            said = {name: _unchecked(root, name, "--today", TODAY) for name in ("check", "build")}
            told = _unchecked(root, "report", "spring", "--today", TODAY)
        finally:
            os.seteuid(user)
        assert sorted(p.name for p in root.iterdir()) == ["content", "mkdocs.yml"]
    summary = "5 files checked: 1 error, 0 warnings\n"
    assert said["check"] == Said(1, expected + summary, "")
    assert said["build"] == Said(1, "", f"{MEND}:\n{expected}")
    assert told == Said(1, "", f"{expected}{MEND}\n")


FIT = "site-settings-fit-the-program"
NO_YAML = (
    "mkdocs.yml:1:1: site-settings-are-yaml the file must be a group of keys\n"
    "  help: write it as 'key: value' lines, such as 'site_name: Our mentoring'\n"
)
USABLE = "site_name: Reading Circle\ndocs_dir: content/pages\nplugins: [search, peerloom]\n"
TYPES, FILES = "site-settings-have-their-types", "site-files-exist"
# What is in `mkdocs.yml`, and what is said of it.
SETTINGS = {
    "nothing": ("", NO_YAML),
    "a list": ("- site_name\n", NO_YAML),
    "a bare number": ("5\n", NO_YAML),
    "no closing quote": (
        "site_name: 'x\nplugins: []\n",
        "mkdocs.yml:1:12: site-settings-are-yaml a quote that opens must close\n"
        "  help: add the missing quote at the end of the text\n",
    ),
    "a tag that nobody knows": (
        "site_name: Reading Circle\nx: !wow\n",
        "mkdocs.yml:2:4: site-settings-are-yaml the tag '!wow' must be one that MkDocs knows\n"
        "  help: a text that begins with '!' must be in quotes\n",
    ),
    "a tag that would run a program": (
        USABLE + "extra: !!python/object/apply:os.system ['exit 1']\n",
        "mkdocs.yml:4:8: site-settings-are-yaml the tag '!!python/object/apply:os.system' must "
        "not be there: it could run any code where a site is built\n"
        "  help: take it out; '!!python/name:' can name what the theme, PyMdown or Zensical "
        "bring\n",
    ),
    "a text merged as if it were a group": (
        USABLE + "extra:\n  <<: 5\n",
        "mkdocs.yml:5:7: site-settings-are-yaml after '<<' must be a group of keys\n"
        "  help: write '*' and the name of a group that '&' names above, or take the line out\n",
    ),
    "a group after !ENV": (
        USABLE + "site_url: !ENV {a: b}\n",
        "mkdocs.yml:4:11: site-settings-are-yaml after '!ENV' must be a name, or a list of names\n"
        "  help: for example: !ENV [SITE_URL, 'https://example.org/']\n",
    ),
    "an inherited file that is missing": (
        USABLE + "INHERIT: base.yml\n",
        f"mkdocs.yml:4:10: {FILES} 'INHERIT' must be the name of a file of settings that is there\n"
        "  help: correct it, or take it out\n",
    ),
    "a file that inherits from itself": (
        USABLE + "INHERIT: mkdocs.yml\n",
        f"mkdocs.yml:4:10: {FILES} 'INHERIT' must lead to at most 5 files, and not back to itself\n"
        "  help: write the settings into one file, and take it out\n",
    ),
    "no theme": (
        USABLE + "theme:\n",
        f"mkdocs.yml:4:7: {TYPES} 'theme' must be a group of keys\n"
        "  help: for example: a line 'name: material' below 'theme:'\n",
    ),
    "a theme without a name": (
        USABLE + "theme: {font: false}\n",
        "mkdocs.yml:4:1: site-theme-is-installed the theme must have a name\n"
        "  help: add a line 'name: material' below it\n",
    ),
    "a number for a folder": (
        USABLE + "theme: {name: material, custom_dir: 5}\n",
        f"mkdocs.yml:4:37: {TYPES} 'theme.custom_dir' must be a text\n"
        "  help: for example: custom_dir: theme\n",
    ),
    "a color for a palette's group": (
        USABLE + "theme: {name: material, palette: [indigo]}\n",
        f"mkdocs.yml:4:35: {TYPES} each item of 'theme.palette' must be a group of keys, such as "
        "'primary: indigo'\n  help: correct this one, or take it out\n",
    ),
    "an icon and a language that the theme has not": (
        USABLE + "theme: {name: material, language: xx, icon: {logo: a/b}}\n",
        f"mkdocs.yml:4:35: {FILES} the theme must have 'xx', which is named here\n"
        "  help: correct its name, or take it out\n"
        f"mkdocs.yml:4:52: {FILES} the theme must have 'a/b', which is named here\n"
        "  help: correct its name, or take it out\n",
    ),
    "a plugin twice, and a number for its settings": (
        "site_name: Reading Circle\ndocs_dir: content/pages\n"
        "plugins: [search, peerloom, peerloom: 5]\n",
        f"mkdocs.yml:3:29: {TYPES} the plugin 'peerloom' must be listed once\n"
        "  help: delete this line\n"
        f"mkdocs.yml:3:39: {TYPES} after 'peerloom' must be a group of keys, or nothing\n"
        "  help: write 'key: value' lines below it\n",
    ),
    "an extension that its package has not": (
        USABLE + "markdown_extensions: [pymdownx.nosuch]\n",
        "mkdocs.yml:4:23: site-plugins-are-installed the extension of Markdown 'pymdownx.nosuch' "
        "must be installed\n  help: take it out, or install it wherever the site is built; "
        "workflows install what .peerloom lists\n",
    ),
    "another plugin alone": (
        "site_name: Reading Circle\ndocs_dir: content/pages\nplugins: [search]\n",
        f"mkdocs.yml:3:1: {FIT} 'peerloom' must be listed under 'plugins': it makes the pages of "
        "the program\n  help: add the line '  - peerloom' below 'plugins:'\n",
    ),
    "everything at once": (
        "site_name: Reading Circle\ndocs_dir: docs\nplugins: [peerlom]\ntheme: [x]\n",
        f"mkdocs.yml:2:11: {FIT} 'docs_dir' must be content/pages, and is 'docs'\n"
        "  help: written pages and the pictures beside them belong there: docs_dir: content/pages\n"
        f"mkdocs.yml:3:1: {FIT} 'peerloom' must be listed under 'plugins': it makes the pages of "
        "the program\n  help: add the line '  - peerloom' below 'plugins:'\n"
        "mkdocs.yml:3:11: site-plugins-are-installed the plugin 'peerlom' must be installed\n"
        "  help: did you mean 'peerloom'?\n"
        "mkdocs.yml:4:8: site-settings-have-their-types 'theme' must be a group of keys\n"
        "  help: for example: a line 'name: material' below 'theme:'\n",
    ),
}


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
@pytest.mark.parametrize("name", SETTINGS)
def test_settings_of_the_site_that_cannot_be_used_are_named(
    tmp_path: Path, name: str, engine: str
) -> None:
    root = _program(tmp_path / "program", folder.MINIMAL)
    text, expected = SETTINGS[name]
    (root / "mkdocs.yml").write_text(text)
    said = run(root, "build", "--engine", engine, "--today", TODAY)
    assert said == Said(1, "", f"{MEND}:\n{expected}")
    checked = run(root, "check", "--today", TODAY)
    assert checked.code == 1 and checked.out.startswith(expected)


def test_settings_of_the_site_that_only_the_engine_can_judge_end_with_its_words(
    tmp_path: Path,
) -> None:
    root = _program(tmp_path / "program", folder.MINIMAL)
    with (root / "mkdocs.yml").open("a") as file:
        file.write("no_such_setting: 1\n")
    said = run(root, "build", "--today", TODAY)
    reason = "Config value 'no_such_setting': Unrecognised configuration name: no_such_setting"
    assert said == Said(1, "", f"peerloom: mkdocs.yml cannot be used: {reason}\n")


def test_nothing_that_a_tag_in_the_settings_of_the_site_names_is_run(tmp_path: Path) -> None:
    root = _program(tmp_path / "program", folder.MINIMAL)
    made = tmp_path / "made"
    with (root / "mkdocs.yml").open("a") as file:
        file.write(f"extra:\n  x: !!python/object/apply:pathlib.Path.mkdir [{made}]\n")
    assert run(root, "check", "--today", TODAY).code == 1
    for engine in ("mkdocs", "zensical"):
        assert run(root, "build", "--engine", engine, "--today", TODAY).code == 1
    assert not made.exists()


def test_a_program_without_settings_of_its_site_is_told_where_they_come_from(
    tmp_path: Path,
) -> None:
    root = folder.write(tmp_path / "program", folder.MINIMAL)
    for engine in ("mkdocs", "zensical"):
        assert run(root, "build", "--engine", engine, "--today", TODAY) == Said(
            1,
            "",
            f"peerloom: '{root}/mkdocs.yml' must be there; "
            "'peerloom init' makes one for a new program\n",
        )


def test_a_site_is_not_put_where_something_else_is(tmp_path: Path) -> None:
    root = _program(tmp_path / "program", folder.MINIMAL)
    assert run(root, "build", "--out", "content", "--today", TODAY) == Said(
        1,
        "",
        f"peerloom: '{root}/content' must be outside of what the site is made from\n",
    )


HARMLESS = {
    "script": "<script>alert(1)</script>",
    "end-of-title": "</title><script>alert(2)</script>",
    "handler": '"><img src=x onerror=alert(3)>',
    "expression": "{{ config.site_name }}{{ 7*7 }}",
    "tag": "{% raw %}{% include 'secret' %}",
    "picture": "![x](http://tracker.example/pixel.png)",
    "link": "[x](javascript:alert(4))",
    "mention": "@everyone",
    "annotation": "::error file=x::owned",
    "emoji": "😀🎉👩🏽‍💻",
    "path": "../../etc/passwd",
}


def _people_called(texts: dict[str, str]) -> dict[str, str]:
    """The small program, in which these texts are names, titles and stories everywhere."""
    all_ = " ".join(texts.values())
    title = dump({"title": all_[:200]})
    files = {
        "content/cohorts/spring.yml": folder.MINIMAL["content/cohorts/spring.yml"].replace(
            "name: Spring", dump({"name": all_[:200], "summary": all_}).rstrip()
        ),
        PAIR: folder.MINIMAL[PAIR].replace(
            "    title: Publish a first package\n",
            f"    title: {json.dumps(texts['end-of-title'])}\n",
        ),
        "content/training/one.md": f"---\n{title}roles: [mentor]\nminutes: 5\n---\nA.\n",
        "content/pages/own.md": f"---\n{title}---\nB.\n",
        "content/resources/r.yml": f"id: r\nkind: book\n{title}{dump({'summary': all_})}",
    }
    for id_, text in texts.items():
        files[f"content/participants/{id_}.yml"] = (
            dump({"id": id_, "name": text, "about": all_})
            + "cohorts: [{cohort: spring, role: mentee}]\n"
            + "consent: {given_on: 2026-01-02, show: public}\n"
        )
    return folder.MINIMAL | files


class _Page(html.parser.HTMLParser):
    """What of a page runs or is fetched, and what a reader sees."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.runs: list[str] = []
        self.seen = ""
        self._inside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside.append(tag)
        for name, value in attrs:
            if name.startswith("on") or (name == "href" and _runs(value)):
                self.runs.append(f"{tag} {name}={value}")
            if name == "src" and (value or "").startswith(("http:", "//")):
                self.runs.append(f"{tag} {name}={value}")

    def handle_data(self, data: str) -> None:
        if self._inside and self._inside[-1] == "script":
            self.runs += [data] if "alert" in data else []
        else:
            self.seen += data

    def handle_endtag(self, tag: str) -> None:
        if tag in self._inside:
            del self._inside[len(self._inside) - 1 - self._inside[::-1].index(tag) :]


def _runs(address: str | None) -> bool:
    return (address or "").startswith("javascript:") and address != "javascript:void(0)"


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_what_somebody_wrote_is_read_on_the_site_and_does_nothing(
    tmp_path: Path, engine: str
) -> None:
    root = _program(tmp_path / "program", _people_called(HARMLESS))
    options = ("--audience", "coordinators", "--engine", engine, "--today", TODAY)
    assert run(root, "check", "--today", TODAY).code == 0
    said = _unchecked(root, "build", *options, "--out", str(tmp_path / "site"))
    assert (said.code, said.err) == (0, "")
    for file in (tmp_path / "site").rglob("*.html"):
        assert _Page(file.read_text()).runs == [], file
    for id_, text in HARMLESS.items():
        seen = _Page((tmp_path / "site/people" / id_ / "index.html").read_text()).seen
        assert seen.count(text) >= 3, (id_, "in the title, as the heading, in the story")


@pytest.mark.parametrize("form", ["md", "html", "csv", "json"])
def test_what_somebody_wrote_does_nothing_in_a_report(tmp_path: Path, form: str) -> None:
    root = _program(tmp_path / "program", _people_called(HARMLESS))
    said = run(root, "report", "spring", "--format", form, "--today", TODAY)
    assert (said.code, said.err) == (0, "")
    assert form == "json" or "<script>" not in said.out
    assert form == "json" or "](javascript" not in said.out
    assert not any(line.startswith("::") for line in said.out.splitlines())


def test_what_somebody_wrote_does_nothing_in_the_terminal(tmp_path: Path) -> None:
    root = _program(tmp_path / "program", _people_called(HARMLESS))
    said = run(root, "attention", "--today", TODAY)
    assert said.code == 0
    assert all(c == "\n" or c.isprintable() for c in said.out)
