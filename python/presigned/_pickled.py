"""Gives the permission to put credentials into pickles, and has the names that pickles of earlier versions use.

Those do not hold the class of sessions, which is in a room above `_client.pickled`: this module sets it there.
"""

from __future__ import annotations

from ._client import S3, pickled
from ._client.pickled import client_of as client_of
from ._client.pickled import session_of as session_of
from .session import Session

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeVar

    _T = TypeVar("_T", bound=S3 | Session)

pickled.session_class = Session


def allow_keys_in_pickle(thing: _T) -> _T:
    """Allows a client or a session to be pickled **with its credentials**. Everybody who gets the pickle can read them.

    Without this, pickling it is an error. A client or a session without its own credentials needs no permission: in the
    worker it looks for credentials like a new one, in the environment, the profile or the role.

    Args:
        thing (S3 | Session): A client or a session of presigned. A session allows it for its clients too.

    Returns:
        The same object.

    Raises:
        TypeError: It is neither, or its credentials were given as `credentials=` or `botocore_session=` or are awaited.
        ValueError: It has no credentials of its own.

    Example:
        >>> import pickle, presigned
        >>> s3 = presigned.client("s3", aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="secret")
        >>> b"secret" in pickle.dumps(presigned.allow_keys_in_pickle(s3))
        True
    """
    if isinstance(thing, S3):
        session, arguments = pickled.made_with(thing)
        has_keys = pickled.has_keys(arguments) or pickled.has_keys(pickled.given_to(session))
    elif isinstance(thing, Session):
        has_keys = pickled.has_keys(pickled.given_to(thing))
    else:
        raise TypeError(
            f"Only a client or a session of presigned can be pickled with its credentials, not {type(thing)}"
        )
    if not has_keys:
        raise ValueError(
            f"The {type(thing).__name__!r} object has no credentials of its own: it can be pickled as it is, and its "
            "copies look for credentials in their own process. To include credentials, create it with "
            "aws_access_key_id and aws_secret_access_key"
        )
    thing._presigned.may_travel = True  # noqa: SLF001 - our own class
    return thing
