"""Times the cold start, from the start of the process to the first answer, with presigned and with boto3.

python examples/lambda/cold_start.py [ROUNDS]
"""

import contextlib
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import local_runtime

EVENT = json.loads((Path(__file__).parent / "events" / "rest_api.json").read_text())
ENVIRONMENT = {
    **local_runtime.SETTINGS,
    "AWS_REGION": "eu-central-1",
    "AWS_DEFAULT_REGION": "eu-central-1",
    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "secret",
    "AWS_SESSION_TOKEN": "token",
}
# These replacements make the function use boto3; nothing else changes.
TO_BOTO3 = {
    "import presigned\n": "import boto3\nfrom botocore.config import Config\n",
    "presigned.client(": "boto3.client(",
    "presigned.Config(": "Config(",
}
NOTHING = "def handler(event, context):\n    return {}\n"


def on_boto3(source: str) -> str:
    """Rewrite the function for boto3."""
    for ours, theirs in TO_BOTO3.items():
        if ours not in source:
            raise ValueError(f"the function has no {ours!r}")
        source = source.replace(ours, theirs)
    return source


@contextlib.contextmanager
def functions() -> Iterator[tuple[Path, dict[str, Path]]]:
    """The layer's folder, and three functions: with presigned, with boto3, and one that does nothing."""
    with tempfile.TemporaryDirectory() as folder:
        task, opt = local_runtime.unpack(Path(folder))
        twin, nothing = Path(folder, "twin"), Path(folder, "nothing")
        for place in (twin, nothing):
            place.mkdir()
        (twin / "checks.py").write_text((task / "checks.py").read_text())
        (twin / "app.py").write_text(on_boto3((task / "app.py").read_text()))
        (nothing / "app.py").write_text(NOTHING)
        yield opt / "python", {"an empty function": nothing, "on presigned": task, "on boto3": twin}


def first_answer(task: Path, layer: Path) -> float:
    """Start the function, wait for its answer, and return the milliseconds that it took."""
    began = time.perf_counter()
    with local_runtime.running(task, layer, ENVIRONMENT) as api:
        api.invoke(EVENT)
        return 1000 * (time.perf_counter() - began)


def main(rounds: int) -> None:
    """Print a table. The functions take turns, so that a busy machine slows all of them down."""
    with functions() as (layer, tasks):
        took: dict[str, list[float]] = {name: [] for name in tasks}
        for task in tasks.values():
            first_answer(task, layer)  # compiles missing bytecode
        for _ in range(rounds):
            for name, task in tasks.items():
                took[name].append(first_answer(task, layer))
    floor = statistics.median(took["an empty function"])
    python = ".".join(map(str, sys.version_info[:3]))
    print(f"Cold start, median of {rounds}, in ms; Python {python}, boto3 {version('boto3')}")
    for name, times in took.items():
        median = statistics.median(times)
        print(f"  {name:18} {median:7.1f}   {median - floor:7.1f} above the empty one")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
