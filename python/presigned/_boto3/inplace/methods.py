"""Makes the functions that replace those of botocore and aiobotocore, with the same names and arguments."""

from __future__ import annotations

import sys
from functools import update_wrapper
from types import FunctionType

from presigned._core import form_in_place, served_form, served_url, url_in_place

from . import calls
from .comparison import Comparison
from .fast_path import NAME
from .fingerprint import NAMES as NAMES
from .registry import covered

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from presigned._core import Answered

    from .fast_path import FastPath

#: Original function -> the function that replaces it.
_made: dict[Any, Any] = {}


def is_original(function: Any) -> bool:
    """Whether this is botocore's or aiobotocore's own function of one of the two names."""
    if not isinstance(function, FunctionType) or function.__name__ not in NAMES:
        return False
    home = sys.modules.get(function.__module__)
    is_signers = function.__module__ in ("botocore.signers", "aiobotocore.signers")
    return is_signers and home is not None and function.__globals__ is vars(home)


def replaced_by(function: Any) -> Any:
    """The original that one of our functions replaces; `None` for any other function."""
    original = getattr(function, "__wrapped__", None)
    return original if original is not None and _made.get(original) is function else None


def replacement(original: Any) -> Any:
    """The function that replaces an original; the same one each time."""
    if original not in _made:
        is_url = original.__name__ == "generate_presigned_url"
        if original.__module__ == "botocore.signers":
            function = _url(original) if is_url else _post(original)
        else:
            function = _aio_url(original) if is_url else _aio_post(original)
        _made[original] = update_wrapper(function, original)
    return _made[original]


def _url(original: Callable[..., str]) -> Callable[..., str]:
    def generate_presigned_url(
        self: Any, ClientMethod: Any, Params: Any = None, ExpiresIn: Any = 3600, HttpMethod: Any = None
    ) -> str:
        made = url_in_place(self, ClientMethod, Params, ExpiresIn, HttpMethod)
        if made is None:
            return _url_by_steps(original, self, ClientMethod, Params, ExpiresIn, HttpMethod)
        # It is `False` if the core has refused the call.
        return made or original(self, ClientMethod, Params, ExpiresIn, HttpMethod)

    return generate_presigned_url


def _url_by_steps(original: Callable[..., str], self: Any, method: Any, *rest: Any) -> str:
    """Asks the questions of a call one by one, and logs why the original answers it, if it does."""
    fast_path = covered(self)
    if fast_path is not None:
        operation = calls.url_operation(fast_path, self, method, *rest)
        if operation is not None:
            if not operation.is_verified:
                answer = calls.url_answer(fast_path, operation, method, *rest)
                comparison = Comparison(fast_path, self, operation, answer)
                url: str = comparison.judge(original(self, method, *rest))
                return url
            made = calls.signed_url(fast_path, operation, method, *rest)
            if made is not None:
                fast_path.serve_url(method, operation)
                return made
    return original(self, method, *rest)


def _post(original: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    writes = writes_conditions(original)

    def generate_presigned_post(
        self: Any, Bucket: Any, Key: Any, Fields: Any = None, Conditions: Any = None, ExpiresIn: Any = 3600
    ) -> dict[str, Any]:
        made = form_in_place(self, Bucket, Key, Fields, Conditions, ExpiresIn)
        if made is None:
            return _form_by_steps(original, writes, self, Bucket, Key, Fields, Conditions, ExpiresIn)
        if not made:
            return original(self, Bucket, Key, Fields, Conditions, ExpiresIn)
        if writes and Conditions is not None:
            Conditions.extend(calls.own_conditions(Bucket, Key))
        return made

    return generate_presigned_post


def _form_by_steps(
    original: Callable[..., dict[str, Any]],
    writes: bool,
    self: Any,
    bucket: Any,
    key: Any,
    fields: Any,
    conditions: Any,
    expires_in: Any,
) -> dict[str, Any]:
    """The same for a form."""
    given = (bucket, key, fields, conditions, expires_in)
    fast_path = covered(self, form=True)
    if fast_path is not None:
        operation = calls.form_operation(fast_path, self, *given)
        if operation is not None:
            if not operation.is_verified:
                answer = calls.form_answer(fast_path, *given)
                comparison = Comparison(fast_path, self, operation, answer)
                form: dict[str, Any] = comparison.judge(original(self, *given))
                return form
            made = calls.signed_form(fast_path, *given)
            if made is not None:
                fast_path.serve_form(operation)
                if writes and conditions is not None:
                    conditions.extend(calls.own_conditions(bucket, key))
                return made
    return original(self, *given)


def _aio_url(original: Callable[..., Any]) -> Callable[..., Any]:
    async def generate_presigned_url(
        self: Any, ClientMethod: Any, Params: Any = None, ExpiresIn: Any = 3600, HttpMethod: Any = None
    ) -> Any:
        given = (ClientMethod, Params, ExpiresIn, HttpMethod)
        fast_path = _serving(self, served_url(self, *given))
        # The extension has asked all other questions.
        operation = fast_path.operation(self, ClientMethod) if fast_path is not None else None
        if operation is None and (fast_path := covered(self)) is not None:
            operation = calls.url_operation(fast_path, self, *given)
        if operation is not None and await calls.await_credentials(fast_path):
            if not operation.is_verified:
                answer = calls.url_answer(fast_path, operation, *given)
                return await _judged(Comparison(fast_path, self, operation, answer), fast_path, original(self, *given))
            url = calls.signed_url(fast_path, operation, *given)
            if url is not None:
                fast_path.serve_url(ClientMethod, operation)
                return url
        return await original(self, *given)

    return generate_presigned_url


def _aio_post(original: Callable[..., Any]) -> Callable[..., Any]:
    writes = writes_conditions(original)

    async def generate_presigned_post(
        self: Any, Bucket: Any, Key: Any, Fields: Any = None, Conditions: Any = None, ExpiresIn: Any = 3600
    ) -> Any:
        given = (Bucket, Key, Fields, Conditions, ExpiresIn)
        fast_path = _serving(self, served_form(self, *given))
        operation = fast_path.form_operation(self) if fast_path is not None else None
        if operation is None and (fast_path := covered(self, form=True)) is not None:
            operation = calls.form_operation(fast_path, self, *given)
        if operation is not None and await calls.await_credentials(fast_path):
            if not operation.is_verified:
                answer = calls.form_answer(fast_path, *given)
                return await _judged(Comparison(fast_path, self, operation, answer), fast_path, original(self, *given))
            form = calls.signed_form(fast_path, *given)
            if form is not None:
                fast_path.serve_form(operation)
                if writes and Conditions is not None:
                    Conditions.extend(calls.own_conditions(Bucket, Key))
                return form
        return await original(self, *given)

    return generate_presigned_post


def _serving(client: Any, answered: Answered | None) -> Any:
    """The fast path of a client if the extension answers a call of it, unless `uninstall` has just taken it away."""
    return None if answered is None else vars(client).get(NAME)


async def _judged(comparison: Comparison, fast_path: FastPath, call: Any) -> Any:
    """Awaits the original's answer, and the credentials again, which may have been refreshed for it."""
    theirs = await call
    if comparison.agrees(theirs) or not await calls.await_credentials(fast_path):
        return theirs
    return comparison.judge(theirs)


def writes_conditions(original: Callable[..., Any]) -> bool:
    """Whether a function puts its own conditions into the caller's list, as botocore did before 1.44."""
    asked = _NotedConditions()
    try:
        call = original(None, "bucket", "key", None, asked)
        if hasattr(call, "send"):
            call.send(None)
    except Exception:  # noqa: S110 - it fails at the client, which is `None`
        pass
    return not asked.was_copied


class _NotedConditions:
    """Conditions that note whether they are copied."""

    was_copied = False

    def copy(self) -> list[Any]:
        """Notes it."""
        self.was_copied = True
        return []
