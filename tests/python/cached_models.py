"""boto3 reads its models anew for each session, and works the same things out of them; here it does so once."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

import botocore.endpoint_provider
import botocore.hooks
import botocore.loaders

_CO_VARKEYWORDS = inspect.CO_VARKEYWORDS


@contextmanager
def of_models() -> Iterator[None]:
    """Remembers files, lists of files, endpoint rules and names of events. Nothing of them ever changes."""
    loader: Any = botocore.loaders.Loader
    provider: Any = botocore.endpoint_provider
    rule_set = provider.RuleSet
    aliaser: Any = botocore.hooks.EventAliaser
    rule_sets: dict[int, Any] = {}

    def rules(**given: Any) -> Any:
        key = id(given["rules"])
        if key not in rule_sets:
            rule_sets[key] = rule_set(**given)
        return rule_sets[key]

    with ExitStack() as stack:
        for owner, name, key in (
            (botocore.loaders.JSONFileLoader, "load_file", lambda _, path: path),
            (loader, "list_available_services", _in_folders),
            (loader, "list_api_versions", _in_folders),
            (aliaser, "_alias_event_name", lambda _, event: event),
        ):
            stack.enter_context(mock.patch.object(owner, name, _remembering(getattr(owner, name), key)))
        stack.enter_context(mock.patch.object(provider, "RuleSet", rules))
        stack.enter_context(mock.patch.object(botocore.hooks, "accepts_kwargs", _accepts_kwargs))
        yield


def _remembering(function: Any, key_of: Any) -> Any:
    known: dict[Any, Any] = {}

    @functools.wraps(function)
    def remembered(*given: Any, **named: Any) -> Any:
        key = key_of(*given, *named.values())
        if key not in known:
            known[key] = function(*given, **named)
        return known[key]

    return remembered


def _in_folders(loader: Any, *given: Any) -> Any:
    return (*loader.search_paths, *given)


def _accepts_kwargs(function: Any) -> bool:
    code = getattr(function, "__code__", None)
    return bool(inspect.getfullargspec(function)[2] if code is None else code.co_flags & _CO_VARKEYWORDS)
