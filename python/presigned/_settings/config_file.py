"""Turns AWS's config and credentials files into profiles, with the standard library's parser, as botocore does.

This module is imported only if there is a file: importing the parser takes longer than all the rest.
"""

from __future__ import annotations

import configparser
import shlex

from presigned._errors import make

TYPE_CHECKING = False
if TYPE_CHECKING:
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
    try:
        words = shlex.split(title)
    except ValueError:
        return {}
    return {words[1]: section} if len(words) == 2 else {}  # noqa: PLR2004 - the word and the name
