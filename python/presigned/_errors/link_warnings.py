"""Warnings about links that work, but not as long as the caller may think."""

from __future__ import annotations


class EarlyExpiryWarning(UserWarning):
    """A link stops working before its time, because the credentials that signed it expire first."""


# The public module.
EarlyExpiryWarning.__module__ = "presigned.exceptions"
