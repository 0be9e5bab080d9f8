"""Turns AWS's config and credentials files into profiles, as botocore does.

botocore uses the standard library's `configparser`. To import that takes longer than all the rest of a start. So simple
files, as most are, are read here. Every other file is read by `configparser`, which also finds what is wrong with it.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from .sources import Files, Section


def add_config(files: Files, path: str) -> None:
    """Reads the config file, where every profile except the default has `profile` before its name.

    Raises:
        ConfigParseError: It is not an INI file.
    """
    for title, section in read_ini(path).items():
        if title.startswith("profile"):
            files.profiles.update(_named(title, section))
        elif title.startswith("sso-session"):
            files.sso_sessions.update(_named(title, section))
        elif title.startswith("services"):
            files.services.update(_named(title, section))
        elif title == "default":
            files.profiles[title] = section


def add_credentials(files: Files, path: str) -> None:
    """Reads the credentials file, where every section is a profile, into the same profiles.

    Raises:
        ConfigParseError: It is not an INI file.
    """
    for name, section in read_ini(path).items():
        files.profiles.setdefault(name, {}).update(section)


def read_ini(path: str) -> dict[str, Section]:
    """Reads the sections of a file.

    Raises:
        ConfigParseError: It is not an INI file.
    """
    try:
        with open(path) as file:  # noqa: PTH123 - pathlib is slow to import
            sections = _of_simple_lines(file)
    except (OSError, ValueError):
        sections = None
    return _by_configparser(path) if sections is None else sections


def _of_simple_lines(lines: Iterable[str]) -> dict[str, Section] | None:
    """Reads a file in which each line is empty, a comment, a new section or a new option with a value on the same line.

    Returns:
        The sections; `None` if there is another line, and where `configparser` has a rule or an error of its own:
        indented blocks, repeated names, the section `DEFAULT`.
    """
    sections: dict[str, Section] = {}
    section: Section | None = None
    for line in lines:
        text = line.strip()
        if not text or text[0] in "#;":
            continue
        if line[0].isspace():
            return None
        if text[0] == "[":
            title = text[1:-1]
            if text[-1] != "]" or not title or "]" in title or title in sections or title == "DEFAULT":
                return None
            sections[title] = section = {}
            continue
        name, equals, value = text.partition("=")
        name = name.rstrip().lower()
        if section is None or not equals or not name or ":" in name or name in section:
            return None
        section[name] = value.lstrip()
    return sections


def _by_configparser(path: str) -> dict[str, Section]:
    import configparser

    from presigned._errors import make

    parser = configparser.RawConfigParser()
    try:
        parser.read([path])
        return {
            title: {option: _value(parser.get(title, option)) for option in parser.options(title)}
            for title in parser.sections()
        }
    except (configparser.Error, ValueError) as error:
        raise make("ConfigParseError", path=path, error=error) from None


def _value(string: str) -> str | dict[str, str]:
    """Reads an indented block as a nested table. As in botocore, there is one level."""
    if not string.startswith("\n"):
        return string
    table = {}
    for line in string.splitlines():
        if line.strip():
            key, value = line.split("=", 1)
            table[key.strip()] = value.strip()
    return table


def _named(title: str, section: Section) -> dict[str, Section]:
    """Splits `profile "a b"` like a shell. A title that is not two words names no profile."""
    if title.isascii() and title.isprintable() and not {*title} & {*"'\"\\"}:
        # `shlex` would do the same, and has to be imported first.
        words = title.split()
    else:
        import shlex

        try:
            words = shlex.split(title)
        except ValueError:
            return {}
    return {words[1]: section} if len(words) == 2 else {}  # noqa: PLR2004 - the word and the name
