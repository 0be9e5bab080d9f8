"""The other clients of presigned and boto3 that are timed: by SigV2, in place, and promoted."""

from __future__ import annotations

from dataclasses import replace

from contenders import CONTENDERS, OURS, REFERENCE, Contender

IN_PLACE = "in place"
PROMOTED = "promoted"
SIGV2 = ", SigV2"

_ours, _reference = CONTENDERS[OURS], CONTENDERS[REFERENCE]
_imports = f"{_reference.imports}; import presigned"


def by_sigv2(contender: Contender) -> Contender:
    """The same with a client that signs by SigV2."""
    if '"s3v4"' in contender.client:
        return replace(contender, client=contender.client.replace('"s3v4"', '"s3"'))
    made = 'config=Config(signature_version="s3"))'
    client = contender.client.replace("aws_session_token=TOKEN)", f"aws_session_token=TOKEN, {made}")
    return replace(contender, imports=f"{contender.imports}; from presigned.config import Config", client=client)


_FOURS = {
    OURS: _ours,
    REFERENCE: _reference,
    # What a program says once, before it makes its clients.
    IN_PLACE: replace(_reference, imports=_imports, client=f"presigned.install()\n{_reference.client}"),
    # A client that has also been asked for something that only boto3 does.
    PROMOTED: replace(_ours, imports=_imports, client=f'{_ours.client}\ns3.can_paginate("list_objects_v2")'),
}
VARIANTS = {name + SIGV2: by_sigv2(each) for name, each in _FOURS.items()} | {
    name: _FOURS[name] for name in (IN_PLACE, PROMOTED)
}
#: Everything that can be timed.
EVERY = CONTENDERS | VARIANTS
