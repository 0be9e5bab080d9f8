"""What import-linter cannot see of who imports whom: names in strings, and what the package itself hands on."""

from __future__ import annotations

import ast
import importlib.util
import re
from pathlib import Path

import pytest

import presigned

ROOT = Path(__file__).parents[3]
PACKAGE = ROOT / "python" / "presigned"
#: From the lowest room to the public modules, as pyproject.toml lists them for import-linter.
ROOMS = [
    "_errors",
    "_settings",
    "_credentials",
    "_boto3",
    "_links",
    "_client",
    "_aio",
    "_cloudfront",
    "_services",
    "_tokens",
    "_cli",
]
FILES = {
    ".".join(("presigned", *path.relative_to(PACKAGE).with_suffix("").parts)): path for path in PACKAGE.rglob("*.py")
}


def room_of(module: str) -> int:
    parts = module.split(".")
    return ROOMS.index(parts[1]) if len(parts) > 1 and parts[1] in ROOMS else len(ROOMS)


def is_module(name: str) -> bool:
    return name in FILES or f"{name}.__init__" in FILES


@pytest.mark.parametrize("module", FILES)
def test_nothing_but_extension_modules_is_taken_from_the_package_itself(module: str) -> None:
    if room_of(module) == len(ROOMS):
        return
    for node in ast.walk(ast.parse(FILES[module].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "presigned":
            names = {name.name for name in node.names if not is_module(f"presigned.{name.name}")}
            assert names <= set(presigned._EXTENSIONS)
        elif isinstance(node, ast.Import):
            assert "presigned" not in [name.name for name in node.names]


@pytest.mark.parametrize("module", FILES)
def test_a_module_that_a_string_names_is_in_no_room_above(module: str) -> None:
    for node in ast.walk(ast.parse(FILES[module].read_text(encoding="utf-8"))):
        name = node.value if isinstance(node, ast.Constant) else None
        if isinstance(name, str) and name.startswith("presigned._") and is_module(name):
            assert room_of(name) <= room_of(module), name


def test_what_the_extension_modules_import_by_name_is_there() -> None:
    sources = [*(ROOT / "src" / "python").rglob("*.rs"), *(ROOT / "extensions").glob("*/src/**/*.rs")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    named = set(re.findall(r'"(presigned(?:\._?\w+)*)"', text))
    assert len(named) > 5
    assert [name for name in named if importlib.util.find_spec(name) is None] == []
