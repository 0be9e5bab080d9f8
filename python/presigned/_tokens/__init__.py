"""Tokens that are presigned URLs. Each module of this room has the tokens of a few services."""
