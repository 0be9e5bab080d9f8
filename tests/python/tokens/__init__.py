"""Tests of `presigned.tokens`."""
