"""Every block of code and every command that a page of the repository shows is run: here, or where this file says.

A new block fails here until a test runs it.
"""

from __future__ import annotations

import ast
import doctest
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

import presigned

ROOT = Path(__file__).parents[3]


class Block(NamedTuple):
    """A fenced block: where it stands, what language it says it is, and its text."""

    page: str
    language: str
    text: str


def pages() -> list[Path]:
    """The pages of the repository, and none of what was installed or built in it."""
    found = [path for folder in ("docs", "examples", "tests") for path in (ROOT / folder).rglob("*.md")]
    return sorted([*ROOT.glob("*.md"), *found])


def blocks() -> list[Block]:
    found = []
    for page in pages():
        for _, fence, language, text in re.findall(
            r"^( *)(`{3,}|~{3,})([^\n`]*)\n(.*?)^ *\2 *$", page.read_text(), re.MULTILINE | re.DOTALL
        ):
            assert fence
            found.append(Block(str(page.relative_to(ROOT)), language.strip(), text))
    return found


def commands(block: Block) -> list[str]:
    """The lines that a reader types."""
    lines = block.text.splitlines()
    if block.language == "console":
        return [line[2:].partition("  # ")[0].strip() for line in lines if line.startswith("$ ")]
    return lines if block.language == "sh" else []


BLOCKS = blocks()
PYTHON_HERE = [
    "README.md",
    "docs/CREDENTIALS.md",
    "docs/LINKS.md",
    "docs/MIGRATION.md",
    "docs/PRESIGN.md",
    "docs/TOKENS.md",
    "docs/UPLOADS.md",
]

#: Pages with blocks that another test collects by itself: page and language -> that test.
COLLECTED = {
    (r"docs/recipes/(?!README|tokens)\w+\.md", "python"): "examples/test_recipes.py::test_the_code_of_a_page_runs",
    (r"docs/recipes/tokens\.md", "python"): "examples/test_tokens.py::test_every_block_of_the_page_is_run",
    (r"docs/recipes/tokens\.md", "yaml"): "examples/test_tokens.py::test_every_block_of_the_page_is_run",
    (r"docs/TOKENS\.md", "yaml"): "tokens/test_token_commands.py::test_the_kubeconfig_of_the_page_runs_the_command",
    (r"docs/CLOUDFRONT\.md", "(python|console)"): "cloudfront/test_page.py::test_the_code_of_the_page_runs",
    (r"docs/UPLOADS\.md", "js"): "examples/test_uppy.py::test_a_small_file_goes_by_a_form",
    (r"examples/(\w+/)?README\.md", "console"): "examples/test_readmes.py::test_the_commands_of_a_readme_run",
}

#: Commands that are run here, as they stand.
RUN_HERE = {
    "presigned s3://photos/cat.jpg --expires-in 300",
    "presigned post 's3://photos/inbox/${filename}' --max-size 10MB",
    "presigned s3://photos/cat.jpg --stable-for 1h --bucket-region eu-central-1",
    "presigned multipart s3://photos/film.mp4 --upload-id an-upload --size 5GB --lines",
    "presigned post 's3://photos/inbox/${filename}' --content-type 'image/*' --success-status 201 --curl cat.png",
}

#: Commands that are not run as they stand, and what is run in their place: a test, or a goal of `make test`.
ACCOUNTED = {
    # Compiles for minutes; pip's questions are asked here, and the wheel is what the goal makes by the same program.
    "pip install .": ["unit/test_packaging.py::test_pip_takes_a_clone", "make wheel"],
    # `make test-sdist` runs them in a source distribution, and builds that.
    "cargo vendor --locked --sync extensions/Cargo.toml vendor > vendor.toml": [
        "unit/test_wheels.py::test_the_crates_are_fetched_by_the_commands_of_a_page"
    ],
    "mkdir -p .cargo && mv vendor.toml .cargo/config.toml": [
        "unit/test_wheels.py::test_the_crates_are_fetched_by_the_commands_of_a_page"
    ],
    # What it would write is compared with what is there.
    "make generate": ["make check-generated"],
    "make check-generated": ["make check-generated"],
    # They read a file with a link.
    "presigned inspect < link.txt": ["links/test_link_commands.py::test_inspect_prints_what_a_link_says"],
    "presigned verify --method PUT < link.txt": ["links/test_link_commands.py::test_verify_exits_with_0_if_it_holds"],
    "presigned explain --method PUT --with-credentials < link.txt": [
        "links/test_link_commands.py::test_explain_uses_what_it_is_given"
    ],
    # It prints no link.
    "presigned rds-token --hostname db.abc.eu-central-1.rds.amazonaws.com --port 5432 --username app "
    "--region eu-central-1": ["tokens/test_token_commands.py::test_a_command_prints_the_token_alone"],
    # They need an account: their files are checked, and that they know the names that are given here.
    "sam deploy --guided --capabilities CAPABILITY_IAM --parameter-overrides BucketName=YOUR-BUCKET": [
        "examples/test_lambda_deployment.py::test_the_sam_template_is_what_cloudformation_takes",
        "examples/test_lambda_deployment.py::test_what_the_page_tells_sam_and_terraform_is_what_they_ask_for",
    ],
    "terraform init && terraform apply -var bucket_name=YOUR-BUCKET": [
        "examples/test_lambda_deployment.py::test_terraform_says_the_same_as_sam",
        "examples/test_lambda_deployment.py::test_what_the_page_tells_sam_and_terraform_is_what_they_ask_for",
    ],
}

#: The lines of a loop that needs a server: there it is run as a whole.
LOOP = ["server/test_multipart_command.py::test_the_loop_of_the_page_uploads_a_file"]
ACCOUNTED.update(
    {
        'presigned multipart s3://films/a.mp4 --upload-id "$ID" --size "$(wc -c < a.mp4)" --lines |': LOOP,
        "while read -r number start length url; do": LOOP,
        '  tail -c "+$((start + 1))" a.mp4 | head -c "$length" |': LOOP,
        '    curl --fail-with-body --request PUT --header content-type: --data-binary @- "$url" || exit': LOOP,
        "done": LOOP,
    }
)

#: Blocks of plain text, which show something: page and first words -> the test that it is so.
SHOWN = {
    ("docs/ARCHITECTURE.md", "client.generate"): "unit/test_shown_code.py::test_the_files_that_a_page_names_are_there",
    ("docs/ARCHITECTURE.md", "error clock"): "unit/test_shown_code.py::test_the_layers_are_those_of_the_crate",
    (
        "docs/CREDENTIALS.md",
        "presigned.exc",
    ): "unit/test_shown_code.py::test_an_error_without_credentials_reads_as_shown",
    ("examples/engines/README.md", "┌─"): "examples/test_readmes.py::test_the_table_that_polars_prints_is_shown",
}


def whose(block: Block) -> list[str]:
    """The test that runs a block; nothing if no test does."""
    for (page, language), test in COLLECTED.items():
        if re.fullmatch(page, block.page) and re.fullmatch(language, block.language):
            return [test]
    if block.language == "python" and block.page in PYTHON_HERE:
        return ["unit/test_shown_code.py::test_the_python_of_a_page_runs"]
    if block.language == "text":
        return [test for (page, words), test in SHOWN.items() if page == block.page and block.text.startswith(words)]
    typed = commands(block)
    if not all(line in RUN_HERE or line in ACCOUNTED for line in typed):
        return []
    here = ["unit/test_shown_code.py::test_a_command_of_the_readme_runs"]
    return [name for line in typed for name in ACCOUNTED.get(line, here)]


def test_every_block_of_every_page_is_run_by_something() -> None:
    assert len(BLOCKS) > 30
    assert [block for block in BLOCKS if not whose(block)] == []


def exists(name: str) -> bool:
    """Whether there is such a test, or such a step of `make test`."""
    if name.startswith("make "):
        return name.removeprefix("make ") in part_of_make_test()
    file, _, test = name.partition("::")
    return f"def {test}(" in (ROOT / "tests/python" / file).read_text()


def test_each_test_that_is_named_for_a_block_exists() -> None:
    named = {name for block in BLOCKS for name in whose(block)}
    assert len(named) > 8
    assert {name for name in named if not exists(name)} == set()


def test_nothing_is_accounted_for_that_no_page_shows() -> None:
    typed = {line for block in BLOCKS for line in commands(block)}
    assert {*RUN_HERE, *ACCOUNTED} <= typed
    assert len(SHOWN) == len([block for block in BLOCKS if block.language == "text"])


def goals() -> dict[str, list[str]]:
    """The goals of the Makefile, and what each needs or makes."""
    found: dict[str, list[str]] = {}
    makefile = (ROOT / "Makefile").read_text().replace("\\\n", " ")
    for rule in re.finditer(r"^([a-z][a-z-]*):([^\n#]*)[^\n]*\n((?:\t[^\n]*\n)*)", makefile, re.MULTILINE):
        made = re.findall(r"\$\((?:MAKE\) --no-print-directory|IN_PAIRS\)) (.+)$", rule[3], re.MULTILINE)
        found[rule[1]] = [*rule[2].split(), *(goal for line in made for goal in line.split())]
    return found


def part_of_make_test() -> set[str]:
    """The goals that `make test` comes to."""
    known, found, left = goals(), set(), ["test"]
    while left:
        goal = left.pop()
        if goal in known and goal not in found:
            found.add(goal)
            left += known[goal]
    return found


def test_the_commands_that_a_sentence_names_are_there() -> None:
    spans = [span for page in pages() for span in re.findall(r"`([^`\n]+)`", page.read_text())]
    typed = [line for block in BLOCKS for line in commands(block)]
    made = [part.split()[1:] for line in (*spans, *typed) for part in line.split(" && ") if part.startswith("make ")]
    asked = {goal for line in made for goal in line if "=" not in goal}
    assert len(asked) > 15
    assert asked - {*goals()} == set()
    run = [span for span in spans if span.startswith((".venv/bin/pytest ", "cargo test --manifest-path "))]
    paths = {word for span in run for word in span.split() if "/" in word and not word.startswith((".venv", "target"))}
    assert len(paths) >= 6
    assert {path for path in paths if not (ROOT / path).exists()} == set()


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    monkeypatch.setattr(presigned, "DEFAULT_SESSION", None)


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("page", PYTHON_HERE)
def test_the_python_of_a_page_runs(page: str) -> None:
    found = [block for block in BLOCKS if (block.page, block.language) == (page, "python")]
    assert found
    for block in found:
        exec(compile(block.text, page, "exec"), {})  # noqa: S102 - our own pages


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("line", sorted(RUN_HERE))
def test_a_command_of_the_readme_runs(line: str) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    run = subprocess.run(
        ["bash", "-euc", line],  # noqa: S607 - the one of this machine
        env={**os.environ, "PATH": path, "AWS_DEFAULT_REGION": "eu-central-1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "https://photos.s3." in run.stdout
    assert "Signature" in run.stdout or "signature" in run.stdout


def test_the_files_that_a_page_names_are_there() -> None:
    text = (ROOT / "docs/ARCHITECTURE.md").read_text()
    named = set(re.findall(r"\b((?:src|scripts|extensions|tests|python/presigned)/[\w/.]*\w)", text))
    assert len(named) > 30
    assert {name for name in named if not list(ROOT.glob(f"{name}*"))} == set()


def test_the_layers_are_those_of_the_crate() -> None:
    [shown] = [block.text for block in BLOCKS if block.text.startswith("error clock")]
    words = [word.rstrip("/") for line in shown.splitlines() for word in re.split(r"  +", line)[0].split()]
    # A folder in a folder, such as `s3/pipeline`, has a line of its own.
    named = [word for word in words if "/" not in word]
    declared = re.findall(r"^(?:pub )?mod (\w+);", (ROOT / "src/lib.rs").read_text(), re.MULTILINE)
    assert sorted(named) == sorted(declared)


def test_an_error_without_credentials_reads_as_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    [shown] = [block.text for block in BLOCKS if block.text.startswith("presigned.exceptions.")]
    monkeypatch.setattr(presigned, "DEFAULT_SESSION", None)
    program = (
        "import presigned\n"
        "s3 = presigned.client('s3')\n"
        "try:\n    s3.generate_presigned_url('list_buckets')\n"
        "except presigned.exceptions.NoCredentialsError as error:\n"
        "    kind = type(error)\n"
        "    print(f'{kind.__module__}.{kind.__qualname__}: {error}', *error.__notes__, sep='\\n')\n"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    pattern = ".*\n".join(re.escape(part) for part in shown.split("  ...\n"))
    assert re.fullmatch(pattern, run.stdout, re.DOTALL), run.stdout


@pytest.mark.usefixtures("keys")
@pytest.mark.parametrize("stub", sorted(path.name for path in Path(presigned.__file__).parent.glob("*.pyi")))
def test_the_examples_of_a_stub_are_true(stub: str) -> None:
    tree = ast.parse((Path(presigned.__file__).parent / stub).read_text())
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    texts = [ast.get_docstring(node) or "" for node in ast.walk(tree) if isinstance(node, documented)]
    for text in texts:
        examples = doctest.DocTestParser().get_doctest(text, {}, stub, None, 0)
        assert doctest.DocTestRunner().run(examples).failed == 0
