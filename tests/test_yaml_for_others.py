"""What the program writes is read as the same by other readers of YAML."""

import json

import pytest
import yaml
from check_jsonschema import main as check_jsonschema
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from peerloom import source
from peerloom.yaml_editing import set_values_or_rewrite

MISLEADING = (
    *("Null", "null", "NULL", "~", "", "True", "TRUE", "true", "False", "no", "NO", "No", "yes"),
    *("on", "Off", "y", "N", "0x1F", "0o7", "0b1", "010", "08", "1e3", "1E-3", "1_000", "+5", "-1"),
    *(
        "1.5",
        ".5",
        "5.",
        ".inf",
        "-.INF",
        ".nan",
        "12:30",
        "09:00",
        "190:20:30",
        "2027-01-01",
        "=",
        "<<",
    ),
    *("2027-01-01T10:00:00Z", "2027-1-1 10:00:00", "-", "- a", "? a", "a: b", "a #b", "#a", "&a"),
    *("*a", "!a", "%a", "@a", "`a", "'a", '"a', "[a", "{a", "|", ">", "a:", " a", "a ", "\\", ","),
    *("line\nline", "line\n", "Straße", "日本", "👍", "x" * 90, "1" * 30, "e" * 81 + " no"),
)
# Letters of which numbers, dates and words with a meaning are made.
ALMOST = st.text(alphabet="0123456789abeExXoOn_+-.:~TfFNyYsSuUlLr ", max_size=12)


def pyyaml(text):
    return yaml.safe_load(text)


def ruamel(version):
    def read(text):
        reader = YAML(typ="safe", pure=True)
        reader.version = version
        return reader.load(text)

    return read


READERS = {"PyYAML": pyyaml, "ruamel 1.1": ruamel((1, 1)), "ruamel 1.2": ruamel((1, 2))}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("text", MISLEADING)
def test_a_misleading_text_is_text_to_every_reader(text, reader):
    record = {"name": text, "list": [text], "group": {"on": text}}
    assert READERS[reader](source.dump(record)) == record
    assert READERS[reader](f"[{source.dump_inline(text)}]") == [text]


@given(ALMOST)
def test_what_is_nearly_a_number_or_a_word_is_text_to_every_reader(text):
    written = source.dump({"name": text})
    assert [read(written) for read in READERS.values()] == [{"name": text}] * len(READERS)


@given(st.one_of(st.integers(-(10**9), 10**9), st.booleans(), st.none()))
def test_numbers_and_yes_and_no_stay_what_they_are_to_every_reader(value):
    written = source.dump({"value": value})
    assert [read(written) for read in READERS.values()] == [{"value": value}] * len(READERS)


@pytest.mark.parametrize("text", ["no", "1e3", "12:30", "2027-01-01", "Null"])
def test_a_value_set_in_a_written_record_is_text_to_every_reader(text):
    edited = set_values_or_rewrite("name: Ada  # by hand\n", {("name",): text, ("on",): text})
    for read in READERS.values():
        assert read(edited) == {"name": text, "on": text}


def test_check_jsonschema_reads_the_same_text(tmp_path):
    record = {f"key-{number}": text for number, text in enumerate(MISLEADING)}
    schema = {"properties": {key: {"const": text} for key, text in record.items()}}
    (tmp_path / "schema.json").write_text(json.dumps(schema), "utf-8")
    (tmp_path / "record.yml").write_text(source.dump(record), "utf-8")
    paths = ["--schemafile", str(tmp_path / "schema.json"), str(tmp_path / "record.yml")]
    result = CliRunner().invoke(check_jsonschema, paths)
    assert result.exit_code == 0, result.output
