"""Comments, docstrings, messages and pages avoid the phrases that readers had to read twice.

Code is exempt: names in backticks, and everything that is not a comment or a string. This file is exempt too: it quotes
the phrases.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
#: Phrase as a regular expression of whole words -> what to write, or why not to write it.
PHRASES = {
    r"(?<!there )(is|are|was|were) (?-i:none)": "say what it is not: 'is not a number'",
    r"(is|are) no (time|text|string|number|bool|name|key|URL|list|dict)s?": "say 'is not a ...'",
    r"bears?( not| nothing)? on|bears on": "affects, changes, concerns",
    r"the long way": "the slow path",
    r"(its|their|whose) likes?": "name the others, or say 'and similar ones'",
    r"(is|are|was|were|been|unless|if|when) told(?! apart)": "is given, is set, unless set otherwise",
    r"(Python|the interpreter)'s lock": "the GIL",
    r"trips? over": "fails on",
    r"anew": "again",
    r"lenders?": "the credentials object, the source",
    r"(long|short|whole|unusual|their|its|of a|of the) (life|lives)": "lifetime or expiry",
    r"has it that": "say it directly",
    r"but for (its|their|the|what)": "except",
    r"of (ours|theirs|hers)": "of presigned, of boto3",
    r"half a pair": "one of the two keys without the other",
    r"keys of (a|the) (client|profile|role|session|user)|(expired|fresh|old|temporary) keys": "credentials",
    r"a text": "a string, a message",
    r"the other way round": "the reverse",
    r"each way to it": "name what needs it",
    r"keeps nobody|called away|deaf to": "does not delay, is interrupted, ignores",
    r"goes? on with|gone on": "keeps, continues",
    r"gives? out|hands? out": "returns",
    r"takes? on (a|the|its|their) roles?": "assumes",
    r"hangs up": "closes the connection",
    r"is over already": "has expired",
    r"in (its|our|their) words": "with its message, in its form",
    r"by right|for all that|minds the": "say it directly",
    r"whatever (it is|they are)": "any, every",
    r"whoever": "anyone who",
}  # fmt: skip
#: Where the phrases are gone: files, and folders that end in a slash. A folder joins once it is clean.
CLEAN = (
    "src/", "extensions/", "python/", "tests/", ".ci/",
    "CHANGELOG.md", "CONTRIBUTING.md", "Cargo.toml", "Makefile", "README.md", "benches/", "clippy.toml", "docs/",
    "examples/", "pyproject.toml", "requirements/", "scripts/", "tests/README.md",
)  # fmt: skip
#: Comments in these files begin with a hash, and nothing else is prose.
HASH_COMMENTS = ("Makefile", ".toml", ".in", ".yaml", ".yml", ".tf", ".sh")
#: Licenses of others.
FOREIGN = ("docs/NOTICE-crates.txt",)
PATTERNS = {re.compile(rf"\b(?:{phrase})\b", re.IGNORECASE): advice for phrase, advice in PHRASES.items()}

#: A line number and its prose.
Prose = Iterator[tuple[int, str]]

#: Only git knows which files are tracked.
IS_CLONE = (ROOT / ".git").exists() and shutil.which("git") is not None


def written_files() -> list[str]:
    """The tracked files that people write and that are clean."""
    command = ["git", "ls-files", "-z"]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)
    names = [name for name in done.stdout.split("\0") if name and name.startswith(CLEAN) and name not in FOREIGN]
    return [name for name in names if (ROOT / name).exists() and ROOT / name != Path(__file__)]


def of_python(text: str) -> Prose:
    """Comments and strings, and the names of tests, which are sentences."""
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        name = tokenize.tok_name[token.type]
        if name in {"COMMENT", "STRING", "FSTRING_MIDDLE"}:
            yield from enumerate(token.string.splitlines(), token.start[0])
        elif name == "NAME" and token.string.startswith("test_"):
            yield token.start[0], token.string.replace("_", " ")


def of_rust(text: str) -> Prose:
    """Comments and strings, and the names of tests."""
    for number, line in enumerate(text.splitlines(), 1):
        for found in re.finditer(r'//.*|"(?:[^"\\]|\\.)*"|(?<=fn )\w+(?=\()', line):
            yield number, found[0].replace("_", " ")


def of_lines(text: str) -> Prose:
    """All of it: a docstring of the extension."""
    yield from enumerate(text.splitlines(), 1)


def of_markdown(text: str) -> Prose:
    """Everything but blocks of code."""
    is_code = False
    for number, line in enumerate(text.splitlines(), 1):
        is_code ^= line.lstrip().startswith(("```", "~~~"))
        if not is_code:
            yield number, line


def of_notebook(text: str) -> Prose:
    """Its cells; the numbers count their lines."""
    cells = ["".join(cell["source"]) for cell in json.loads(text)["cells"]]
    yield from enumerate("\n".join(cells).splitlines(), 1)


def of_hashes(text: str) -> Prose:
    """Comments alone."""
    for number, line in enumerate(text.splitlines(), 1):
        yield number, line.partition("#")[2]


def prose(name: str) -> Prose:
    """The prose of a file, if it is one of a known kind that a person has written."""
    text = (ROOT / name).read_text(encoding="utf-8", errors="replace")
    if any("Generated by scripts/" in line for line in text.splitlines()[:3]):
        return iter(())
    readers = {".py": of_python, ".pyi": of_python, ".rs": of_rust, ".md": of_markdown, ".ipynb": of_notebook}
    reader = of_lines if name.startswith("src/python/client/") else readers.get(Path(name).suffix)
    if reader is not None:
        return reader(text)
    return of_hashes(text) if name.endswith(HASH_COMMENTS) else iter(())


def found_in(lines: Prose) -> Iterator[tuple[int, str]]:
    """The phrases in some prose, also those that a line break divides: line numbers, and what to write."""
    joined, starts = "", []
    for number, line in lines:
        starts.append((len(joined), number))
        joined += re.sub(r"`[^`]*`", "`code`", line).strip(" \t#/!|*>\"'") + " "
    for pattern, advice in PATTERNS.items():
        for match in pattern.finditer(re.sub(r"\s", " ", joined)):
            number = max(line for start, line in starts if start <= match.start())
            yield number, f"{match[0]!r}: {advice}"


@pytest.mark.parametrize("name", written_files() if IS_CLONE else [])
def test_a_file_is_in_plain_english(name: str) -> None:
    assert [f"{name}:{number}: {advice}" for number, advice in found_in(prose(name))] == []


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("# This bears on nothing.", 1),
        ('"""It goes the\nlong way."""', 1),
        ("# A `bool` is none.", 1),
        ("x is None", 0),
        (r'"""assert found is None"""', 0),
        ("# If there is none, `is none` is code.", 0),
        ("def test_a_number_that_is_no_time() -> None: ...", 1),
        ("# The keys of a role are fetched. The keys of a dict are strings.", 1),
        ("# A class of ours, and one that is ours.", 1),
    ],
)
def test_a_phrase_is_found_in_prose_alone(text: str, count: int) -> None:
    assert len(list(found_in(of_python(text)))) == count
