"""Simple config files are read without `configparser`, which must read the same."""

import configparser
import io
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from presigned._settings import config_file

SIMPLE = "# users\n[default]\nregion = eu-central-1\n\n; more\n[profile dev]\nregion=eu-west-1\nOUTPUT = a=b : c \n"

TITLES = (
    "[default]",
    "[profile a]",
    "[profile 'a b']",
    "[DEFAULT]",
    "[a]b]",
    "[]",
    "[ a ]",
    "[x",
    "x]",
    "[x] ",
    "[x] # y",
)
OPTIONS = (
    "a=1",
    "a = 1",
    "A=2",
    "b : 3",
    "c=x:y",
    "c:x=y",
    "x:= 1",
    "ab:c = d",
    "key",
    "=x",
    "s3 =",
    "a=1 ; c",
    "a==b",
)
OTHERS = (
    " # c",
    "# c",
    "; c",
    "",
    "  ",
    " = y",
    "\tx=1",
    "  more",
    "\x0b",
    "\x85",
    "\ufeff",
    "é=ü",
    "a=\u2003b\u2003",
    "a=\x1c",
)
LINES = (*TITLES, *OPTIONS, *OTHERS)


def by_configparser(text: str) -> dict[str, dict[str, str]] | None:
    """What `configparser` reads; `None` if it refuses the text."""
    parser = configparser.RawConfigParser()
    try:
        parser.read_string(text)
    except configparser.Error:
        return None
    return {title: dict(parser.items(title)) for title in parser.sections()}


@given(st.lists(st.tuples(st.sampled_from(LINES), st.sampled_from(["\n", " \n", "\n\n"]))))
def test_what_is_read_as_simple_lines_is_what_configparser_reads(lines: list[tuple[str, str]]) -> None:
    text = "".join(map("".join, lines))
    simple = config_file._of_simple_lines(io.StringIO(text))
    if simple is not None:
        expected = by_configparser(text)
        assert expected is not None
        # With the order, which is that of `available_profiles`.
        assert [(title, [*section.items()]) for title, section in simple.items()] == [
            (title, [*section.items()]) for title, section in expected.items()
        ]


def test_a_simple_file_is_read_as_simple_lines() -> None:
    assert config_file._of_simple_lines(SIMPLE.splitlines()) == by_configparser(SIMPLE) == {
        "default": {"region": "eu-central-1"},
        "profile dev": {"region": "eu-west-1", "output": "a=b : c"},
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "[a]\nx=1\nx=2\n",
        "[a]\n[a]\n",
        "[DEFAULT]\nx=1\n[a]\n",
        "x=1\n",
        "[a]\ns3 =\n  addressing_style = path\n",
        "[a]\nx\n",
        "[a]\nx:y = z\n",
        "[a]\n= z\n",
        "[a]b]\n",
        "[]\n",
        "[a\n",
    ],
)
def test_a_file_that_is_not_simple_is_left_to_configparser(text: str) -> None:
    assert config_file._of_simple_lines(text.splitlines()) is None


def test_a_start_from_simple_files_loads_no_parser_and_no_logging(tmp_path: Path) -> None:
    config, credentials = tmp_path / "config", tmp_path / "credentials"
    config.write_text(SIMPLE, encoding="utf-8")
    credentials.write_text("[dev]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = secret\n", encoding="utf-8")
    program = (
        "import sys; before = set(sys.modules)\n"
        "import presigned\n"
        "presigned.client('s3').generate_presigned_url('get_object', {'Bucket': 'b-1', 'Key': 'k'})\n"
        "print(*sorted(name for name in set(sys.modules) - before if not name.startswith('presigned')))\n"
    )
    environ = {
        "AWS_CONFIG_FILE": str(config),
        "AWS_SHARED_CREDENTIALS_FILE": str(credentials),
        "AWS_PROFILE": "dev",
        "PYTHONPATH": str(Path(config_file.__file__).parents[2]),
    }
    done = subprocess.run([sys.executable, "-c", program], env=environ, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["__future__"]
