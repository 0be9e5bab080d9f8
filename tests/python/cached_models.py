"""boto3 reads its models again for each session, and derives the same things from them; here it does so once.

Nothing that a program sees is changed: what is remembered depends on its arguments alone. What a program can change, as
the handlers of a client, is still its own.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest import mock

import botocore.client
import botocore.endpoint_provider
import botocore.hooks
import botocore.httpsession
import botocore.loaders

_CO_VARKEYWORDS = inspect.CO_VARKEYWORDS
_TRIE: Any = botocore.hooks._PrefixTrie
_APPEND_ITEM, _REMOVE_ITEM = _TRIE.append_item, _TRIE._remove_item


@contextmanager
def cached_models(*, tls: bool = False) -> Iterator[None]:
    """Remembers files, models, methods, endpoints and names of events, which never change.

    So are the settings of TLS, unless requests reach a server with `tls`: then each client has its own authorities.
    """
    loader: Any = botocore.loaders.Loader
    creator: Any = botocore.client.ClientCreator
    hooks: Any = botocore.hooks
    with ExitStack() as stack:
        for owner, name, key in (
            # By folders, as moto adds to the models that it finds in its own.
            (loader, "load_data_with_path", _in_folders),
            (loader, "list_available_services", _in_folders),
            (loader, "list_api_versions", _in_folders),
            (loader, "load_service_model", _in_folders),
            (hooks.EventAliaser, "_alias_event_name", lambda _, event: event),
            (botocore.client, "ServiceModel", lambda model, service_name: (id(model), service_name)),
            (creator, "_create_api_method", lambda _, method, operation, model: (method, operation, id(model))),
            *([] if tls else [(botocore.httpsession, "create_urllib3_context", lambda: None)]),
        ):
            stack.enter_context(mock.patch.object(owner, name, _remembering(getattr(owner, name), key)))
        stack.enter_context(mock.patch.object(botocore.endpoint_provider, "RuleSet", _rule_sets()))
        stack.enter_context(mock.patch.object(hooks, "accepts_kwargs", _accepts_kwargs))
        for name, function in (("__copy__", _copied), ("append_item", _append_item), ("_remove_item", _remove_item)):
            stack.enter_context(mock.patch.object(hooks._PrefixTrie, name, function))
        yield


def _rule_sets() -> Any:
    """Makes each rule set once, and has it remember what it answered."""
    rule_set: Any = botocore.endpoint_provider.RuleSet

    def made(**given: Any) -> Any:
        rules = rule_set(**given)
        rules.evaluate = _remembering(rules.evaluate, _of_parameters)
        return rules

    return _remembering(made, lambda **given: id(given["rules"]))


def _remembering(function: Any, key_of: Any) -> Any:
    # The arguments are kept too, as a key may be the address of one.
    known: dict[Any, Any] = {}

    @functools.wraps(function)
    def remembered(*given: Any, **named: Any) -> Any:
        try:
            key = key_of(*given, **named)
        except TypeError:  # what has no hash, as a list of the keys of DeleteObjects
            return function(*given, **named)
        if key not in known:
            known[key] = function(*given, **named), given, named
        return known[key][0]

    return remembered


def _of_parameters(parameters: dict[str, Any]) -> Any:
    # `True` equals 1, and is written otherwise.
    return frozenset((name, type(value), value) for name, value in parameters.items())


def _in_folders(loader: Any, *given: Any, **named: Any) -> Any:
    return (*loader.search_paths, *given, *named.items())


def _accepts_kwargs(function: Any) -> bool:
    code = getattr(function, "__code__", None)
    return bool(inspect.getfullargspec(function)[2] if code is None else code.co_flags & _CO_VARKEYWORDS)


def _copied(trie: Any) -> Any:
    """Shares the tree of handlers with the copy. Each of the two copies a node of it before it changes that node.

    A client copies the 300 handlers of its session, and adds ten.
    """
    copied = type(trie)()
    copied._root = trie._root
    # The nodes that there are belong to neither.
    trie._owner, copied._owner = object(), object()
    return copied


def _own(trie: Any, node: dict[str, Any]) -> dict[str, Any]:
    """A node of which no other tree has a part that can be changed."""
    if node.get("owner") is trie._owner:
        return node
    values = node["values"]
    return {
        "chunk": node["chunk"],
        "children": {**node["children"]},
        "values": values and type(values)(*map(list, values)),
        "owner": trie._owner,
    }


def _append_item(trie: Any, key: str, *value: Any, **section: Any) -> None:
    if "_owner" in trie.__dict__:
        node = trie._root = _own(trie, trie._root)
        for part in key.split("."):
            if part not in node["children"]:
                break
            node["children"][part] = node = _own(trie, node["children"][part])
    _APPEND_ITEM(trie, key, *value, **section)


def _remove_item(trie: Any, node: dict[str, Any], parts: list[str], value: Any, index: int) -> None:
    if "_owner" in trie.__dict__:
        if not index:
            node = trie._root = _own(trie, node)
        for part in parts[index : index + 1]:
            if part in node["children"]:
                node["children"][part] = _own(trie, node["children"][part])
    _REMOVE_ITEM(trie, node, parts, value, index)
