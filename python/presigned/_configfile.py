"""Turns AWS's config and credentials files into profiles, by the standard library's parser as botocore does."""

from __future__ import annotations

import os

from . import exceptions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

#: One section: each option is a text, or a table where the file indents one below it.
Section: TypeAlias = "dict[str, str | dict[str, str]]"


class ConfigFiles:
    """All that the two files say; a file that does not exist says nothing."""

    __slots__ = ("profiles", "services", "sso_sessions")

    def __init__(self) -> None:
        self.profiles: dict[str, Section] = {}
        self.sso_sessions: dict[str, Section] = {}
        self.services: dict[str, Section] = {}

    def add_config(self, path: str) -> None:
        """Reads the config file, where every profile but the default says `profile` before its name.

        Raises:
            ConfigParseError: It is not an INI file.
        """
        for title, section in (read_ini(path) or {}).items():
            if title.startswith("profile"):
                self.profiles.update(_named(title, section))
            elif title.startswith("sso-session"):
                self.sso_sessions.update(_named(title, section))
            elif title.startswith("services"):
                self.services.update(_named(title, section))
            elif title == "default":
                self.profiles[title] = section

    def add_credentials(self, path: str) -> None:
        """Reads the credentials file, where every section is a profile, into the same profiles.

        Raises:
            ConfigParseError: It is not an INI file.
        """
        for name, section in (read_ini(path) or {}).items():
            self.profiles.setdefault(name, {}).update(section)


def read_ini(path: str) -> dict[str, Section] | None:
    """Reads the sections of a file, or returns `None` where there is no such file.

    Raises:
        ConfigParseError: It is not an INI file.
    """
    path = os.path.expanduser(os.path.expandvars(path))  # noqa: PTH111 - pathlib is slow to import
    if not os.path.isfile(path):  # noqa: PTH113 - the same
        return None
    # Only here: most processes that presign have no such file, and this costs more than they do.
    import configparser

    parser = configparser.RawConfigParser()
    try:
        parser.read([path])
        return {
            title: {option: _value(parser.get(title, option)) for option in parser.options(title)}
            for title in parser.sections()
        }
    except (configparser.Error, ValueError) as error:
        raise exceptions.make("ConfigParseError", path=path, error=error) from None


def _value(text: str) -> str | dict[str, str]:
    """Reads an indented block as a table of its own; one level, as botocore has it."""
    if not text.startswith("\n"):
        return text
    table = {}
    for line in text.splitlines():
        if line.strip():
            key, value = line.split("=", 1)
            table[key.strip()] = value.strip()
    return table


def _named(title: str, section: Section) -> dict[str, Section]:
    """Splits `profile "a b"` as a shell would; a title of other than two words names nothing."""
    import shlex

    try:
        words = shlex.split(title)
    except ValueError:
        return {}
    return {words[1]: section} if len(words) == 2 else {}  # noqa: PLR2004 - the word and the name
