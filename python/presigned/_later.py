"""The attributes of clients that are made when somebody asks for them."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from ._client import S3
    from ._client_meta import ClientMeta


def attribute(client: S3 | None, owner: type, name: str) -> Any:
    """Gives a client what `_core.Later` stands for; what is none of ours, a boto3 client has."""
    if client is not None and name == "meta":
        return _meta(client)
    elsewhere = None if client is None else client._elsewhere  # noqa: SLF001 - ours
    if client is not None and elsewhere is not None:
        try:
            return getattr(elsewhere.client(client), name)
        except ModuleNotFoundError as error:
            reason = str(error)
    else:
        reason = f"it makes URLs and sends nothing; use boto3.client('s3').{name}"
    raise AttributeError(f"{owner.__name__!r} object has no attribute {name!r}: {reason}")


def _meta(client: S3) -> ClientMeta:
    from ._client_meta import ClientMeta
    from ._plain import settings_in

    settings = client._settings  # noqa: SLF001 - ours
    if isinstance(settings, str):
        settings = settings_in(settings)
    # From now on it is found in the client itself, where programs may put another.
    meta: ClientMeta = vars(client).setdefault("meta", ClientMeta(settings, client))
    return meta


#: A class of ours and one of botocore's -> the class that clients go by.
_made: dict[tuple[type, type], type] = {}


def as_botocores(kind: type) -> type:
    """A class of the same name that is a kind of botocore's clients; the class itself where nobody can know those."""
    home, name = kind._known_as  # type: ignore[attr-defined] # noqa: SLF001 - of `S3`
    parent = getattr(sys.modules.get(home), name, None)
    if parent is None:
        return kind
    if (kind, parent) not in _made:
        _made[kind, parent] = type(kind.__name__, (kind, parent), {"__module__": kind.__module__})
    return _made[kind, parent]
