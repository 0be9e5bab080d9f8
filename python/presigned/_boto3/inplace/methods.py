"""Makes the functions that stand where botocore's and aiobotocore's stood, with their names and arguments."""

from __future__ import annotations

import sys
from functools import update_wrapper
from types import FunctionType

from . import calls
from .registry import covered, covered_form
from .trial import Trial

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from .lane import Lane

NAMES = ("generate_presigned_post", "generate_presigned_url")

#: Function of theirs -> the one in its place.
_made: dict[Any, Any] = {}


def is_original(function: Any) -> bool:
    """Whether this is botocore's or aiobotocore's own function of one of the two names."""
    if not isinstance(function, FunctionType) or function.__name__ not in NAMES:
        return False
    home = sys.modules.get(function.__module__)
    is_signers = function.__module__ in ("botocore.signers", "aiobotocore.signers")
    return is_signers and home is not None and function.__globals__ is vars(home)


def replaced_by(function: Any) -> Any:
    """The original that a function of ours stands for; `None` for any other function."""
    original = getattr(function, "__wrapped__", None)
    return original if original is not None and _made.get(original) is function else None


def replacement(original: Any) -> Any:
    """The function that is put in the place of an original; the same one each time."""
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
        lane = covered(self)
        if lane is not None:
            operation = calls.url_operation(lane, self, ClientMethod, Params, ExpiresIn, HttpMethod)
            if operation is not None:
                if not operation.is_tried:
                    answer = calls.url_answer(lane, operation, ClientMethod, Params, ExpiresIn, HttpMethod)
                    trial = Trial(lane, self, operation, answer)
                    url: str = trial.judge(original(self, ClientMethod, Params, ExpiresIn, HttpMethod))
                    return url
                made = calls.signed_url(lane, operation, ClientMethod, Params, ExpiresIn, HttpMethod)
                if made is not None:
                    return made
        return original(self, ClientMethod, Params, ExpiresIn, HttpMethod)

    return generate_presigned_url


def _post(original: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    writes = writes_conditions(original)

    def generate_presigned_post(
        self: Any, Bucket: Any, Key: Any, Fields: Any = None, Conditions: Any = None, ExpiresIn: Any = 3600
    ) -> dict[str, Any]:
        lane = covered_form(self)
        if lane is not None:
            operation = calls.form_operation(lane, self, Bucket, Key, Fields, Conditions, ExpiresIn)
            if operation is not None:
                if not operation.is_tried:
                    answer = calls.form_answer(lane, Bucket, Key, Fields, Conditions, ExpiresIn)
                    trial = Trial(lane, self, operation, answer)
                    form: dict[str, Any] = trial.judge(original(self, Bucket, Key, Fields, Conditions, ExpiresIn))
                    return form
                made = calls.signed_form(lane, Bucket, Key, Fields, Conditions, ExpiresIn)
                if made is not None:
                    if writes and Conditions is not None:
                        Conditions.extend(calls.own_conditions(Bucket, Key))
                    return made
        return original(self, Bucket, Key, Fields, Conditions, ExpiresIn)

    return generate_presigned_post


def _aio_url(original: Callable[..., Any]) -> Callable[..., Any]:
    async def generate_presigned_url(
        self: Any, ClientMethod: Any, Params: Any = None, ExpiresIn: Any = 3600, HttpMethod: Any = None
    ) -> Any:
        lane = covered(self)
        if lane is not None:
            operation = calls.url_operation(lane, self, ClientMethod, Params, ExpiresIn, HttpMethod)
            if operation is not None and await calls.keys_are_here(lane):
                if not operation.is_tried:
                    answer = calls.url_answer(lane, operation, ClientMethod, Params, ExpiresIn, HttpMethod)
                    trial = Trial(lane, self, operation, answer)
                    return await _judged(trial, lane, original(self, ClientMethod, Params, ExpiresIn, HttpMethod))
                url = calls.signed_url(lane, operation, ClientMethod, Params, ExpiresIn, HttpMethod)
                if url is not None:
                    return url
        return await original(self, ClientMethod, Params, ExpiresIn, HttpMethod)

    return generate_presigned_url


def _aio_post(original: Callable[..., Any]) -> Callable[..., Any]:
    writes = writes_conditions(original)

    async def generate_presigned_post(
        self: Any, Bucket: Any, Key: Any, Fields: Any = None, Conditions: Any = None, ExpiresIn: Any = 3600
    ) -> Any:
        lane = covered_form(self)
        if lane is not None:
            operation = calls.form_operation(lane, self, Bucket, Key, Fields, Conditions, ExpiresIn)
            if operation is not None and await calls.keys_are_here(lane):
                if not operation.is_tried:
                    answer = calls.form_answer(lane, Bucket, Key, Fields, Conditions, ExpiresIn)
                    trial = Trial(lane, self, operation, answer)
                    return await _judged(trial, lane, original(self, Bucket, Key, Fields, Conditions, ExpiresIn))
                form = calls.signed_form(lane, Bucket, Key, Fields, Conditions, ExpiresIn)
                if form is not None:
                    if writes and Conditions is not None:
                        Conditions.extend(calls.own_conditions(Bucket, Key))
                    return form
        return await original(self, Bucket, Key, Fields, Conditions, ExpiresIn)

    return generate_presigned_post


async def _judged(trial: Trial, lane: Lane, call: Any) -> Any:
    """Awaits the original's answer, and the keys again, which may have been refreshed for it."""
    theirs = await call
    if trial.agrees(theirs) or not await calls.keys_are_here(lane):
        return theirs
    return trial.judge(theirs)


def writes_conditions(original: Callable[..., Any]) -> bool:
    """Whether a function puts its own conditions into the caller's list, as botocore did before 1.44."""
    asked = _Asked()
    try:
        call = original(None, "bucket", "key", None, asked)
        if hasattr(call, "send"):
            call.send(None)
    except Exception:  # noqa: S110 - it gets as far as the client, which is none
        pass
    return not asked.was_copied


class _Asked:
    """Conditions that note whether they are copied."""

    was_copied = False

    def copy(self) -> list[Any]:
        """Notes it."""
        self.was_copied = True
        return []
