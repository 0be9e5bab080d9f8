"""Servers of this machine, for what sends requests: one that verifies signatures, and one for other services."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

import seaweedfs


@pytest.fixture(scope="session")
def server() -> Iterator[seaweedfs.SeaweedFS]:
    """SeaweedFS, running. If it does not start, that is a failure."""
    with seaweedfs.running() as running:
        yield running


@pytest.fixture(scope="session")
def at_server(server: seaweedfs.SeaweedFS) -> dict[str, Any]:
    """The arguments of a client of that server."""
    return {
        "region_name": "us-east-1",
        "endpoint_url": server.endpoint,
        "aws_access_key_id": server.access_key,
        "aws_secret_access_key": server.secret_key,
    }


@pytest.fixture(scope="session")
def other_services() -> Iterator[str]:
    """The address of moto's server, which does not verify."""
    from moto.moto_server.threaded_moto_server import ThreadedMotoServer  # noqa: PLC0415 - not in all environments

    running = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()
