"""What all programs share: a stopped clock, a server, and what boto3 reads of its models."""

from __future__ import annotations

import datetime
import gc
from collections.abc import Callable, Iterator, Sequence

import pytest
import time_machine

from cached_models import cached_models

from . import network, program, world
from .grammar import Line
from .server import Server

NOON = datetime.datetime(2026, 11, 24, 12, tzinfo=datetime.timezone.utc)
#: Clients are circles, and a look at everything takes as long as a program.
COLLECT_EVERY = 40


@pytest.fixture(scope="module")
def difference(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[Sequence[Line]], str | None]]:
    """Runs a program in both worlds, and says where they come to differ."""
    server, folder = Server(), tmp_path_factory.mktemp("files")
    run = 0

    def ask(lines: Sequence[Line]) -> str | None:
        nonlocal run
        run += 1
        if run % COLLECT_EVERY == 0:
            gc.collect()
            # What is left is remembered for good, and need not be looked at again.
            gc.freeze()
        return program.difference(lines, server, folder)

    with (
        cached_models(),
        network.leading_to(server),
        world.watching_clients(),
        # Not by a replaced clock: presigned leaves calls with one of those to botocore.
        time_machine.travel(NOON, tick=False),
    ):
        gc.collect()
        gc.freeze()
        gc.disable()
        try:
            yield ask
        finally:
            gc.enable()
            gc.unfreeze()
            server.shutdown()
            server.server_close()
