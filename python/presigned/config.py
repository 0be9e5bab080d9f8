"""The options of a client, as `botocore.config.Config` has them."""

from __future__ import annotations

from ._settings.config import DEFAULT_TIMEOUT as DEFAULT_TIMEOUT
from ._settings.config import MAX_POOL_CONNECTIONS as MAX_POOL_CONNECTIONS
from ._settings.config import Config as Config
from ._settings.config import unsigned as unsigned

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    UNSIGNED: Any


def __getattr__(name: str) -> Any:
    #: Use it as `Config(signature_version=UNSIGNED)` for URLs without a signature.
    if name == "UNSIGNED":
        return unsigned()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
