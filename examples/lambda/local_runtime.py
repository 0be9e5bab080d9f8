"""Runs the function as Lambda does, with AWS's own runtime client and a Runtime API on this machine.

python examples/lambda/local_runtime.py examples/lambda/events/rest_api.json
"""

import contextlib
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import uuid
import zipfile
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

BUILT = Path(__file__).parents[2] / "dist" / "lambda"
LAYER = "layer-x86_64.zip"
SECONDS = 30
# The settings of `template.yaml` and `main.tf`, for a bucket with this name.
SETTINGS = {
    "ALLOW": "holiday/inbox/",
    "CONTENT_TYPES": "image/jpeg,image/png,application/pdf",
    "MAX_BYTES": "100000000",
}


class FunctionError(Exception):
    """The function raised an error, which Lambda would write into its log."""


class RuntimeApi(ThreadingHTTPServer):
    """The Runtime API, from which a function gets events: docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), RuntimeApiRequest)
        self.events: queue.Queue[object] = queue.Queue()
        self.answers: queue.Queue[tuple[str, Any]] = queue.Queue()

    def invoke(self, event: object) -> dict[str, Any]:
        """Let the function answer an event."""
        self.events.put(event)
        kind, answer = self.answers.get(timeout=SECONDS)
        if kind == "error":
            raise FunctionError(f"{answer.get('errorType')}: {answer.get('errorMessage')}")
        result: dict[str, Any] = answer
        return result

    def report_end_of(self, process: subprocess.Popen[bytes]) -> None:
        """End the wait for the answer of a process that has ended."""
        status = process.wait()
        self.answers.put(("error", {"errorType": "Runtime.ExitError", "errorMessage": f"exit status {status}"}))


class RuntimeApiRequest(BaseHTTPRequestHandler):
    """One request of the runtime client."""

    server: RuntimeApi

    def do_GET(self) -> None:
        """`/runtime/invocation/next`: wait for an event, and return it."""
        event = json.dumps(self.server.events.get()).encode()
        self.reply(200, event)

    def do_POST(self) -> None:
        """`/runtime/invocation/ID/response`, `/runtime/invocation/ID/error`, `/runtime/init/error`."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        # Answer the client first, because the receiver of the answer may end its process.
        self.reply(202, b"")
        self.server.answers.put((self.path.rpartition("/")[2], body))

    def reply(self, status: int, body: bytes) -> None:
        """Answer with the headers that an event has."""
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Lambda-Runtime-Aws-Request-Id", str(uuid.uuid4()))
        self.send_header("Lambda-Runtime-Deadline-Ms", "1893456000000")
        self.send_header("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:eu-central-1:123456789012:function:f")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Print nothing: the output of the function is enough."""


def unpack(folder: Path) -> tuple[Path, Path]:
    """Unpack function and layer as Lambda does, into `/var/task` and `/opt`, here below the folder."""
    task, opt = folder / "task", folder / "opt"
    for name, to in (("function.zip", task), (LAYER, opt)):
        with zipfile.ZipFile(BUILT / name) as archive:
            archive.extractall(to)
    return task, opt


@contextlib.contextmanager
def running(task: Path, path: Path, environment: Mapping[str, str]) -> Iterator[RuntimeApi]:
    """Start the function in `task`, with the libraries in `path`."""
    with RuntimeApi() as api:
        serving = threading.Thread(target=api.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        process = subprocess.Popen(
            [sys.executable, "-m", "awslambdaric", "app.handler"],
            cwd=task,
            env={
                **environment,
                "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{api.server_port}",
                "PYTHONPATH": os.pathsep.join([str(task), str(path)]),
            },
        )
        watching = threading.Thread(target=api.report_end_of, args=(process,))
        watching.start()
        try:
            yield api
        finally:
            process.kill()
            watching.join()
            api.shutdown()
            serving.join()


def main(event: str) -> None:
    """Print the function's answer to an event, in the environment of the caller."""
    environment = {**SETTINGS, "AWS_REGION": "eu-central-1", **os.environ}
    with tempfile.TemporaryDirectory() as folder:
        task, opt = unpack(Path(folder))
        with running(task, opt / "python", environment) as api:
            answer = api.invoke(json.loads(Path(event).read_text()))
    print(json.dumps({**answer, "body": json.loads(answer["body"])}, indent=2))


if __name__ == "__main__":
    main(sys.argv[1])
