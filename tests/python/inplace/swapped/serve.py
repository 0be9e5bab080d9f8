"""Has a child of its own run each program, as `run.py` would in a process of its own.

    python serve.py boto3|replaced|rewritten

It reads lines, each a list in JSON: the file and the function of a program, its environment, and the files for its
stdout and its stderr. It answers each with the exit code.

Half the time of a process would go into packages that botocore needs, which are not botocore's own, and into botocore's
models. No program can see whether they were read before. Nothing of boto3, botocore or presigned is imported here.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
import sys

from inplace.swapped import run
from stateful.fresh import NEEDED, remembering_models

_SECONDS = 120


def main() -> None:
    """Forks for each line; the child leaves the loop."""
    world = sys.argv[1]
    for name in NEEDED:
        importlib.import_module(name)
    json.loads = remembering_models()
    assert not {"boto3", "botocore", "presigned"} & {*sys.modules}
    gc.freeze()
    for line in iter(sys.stdin.readline, ""):
        file, function, environ, *outputs = json.loads(line)
        child = os.fork()
        if child == 0:
            signal.alarm(_SECONDS)
            os.environ.clear()
            os.environ.update(environ)
            for number, path in enumerate((os.devnull, *outputs)):
                opened = os.open(path, os.O_RDWR)
                os.dup2(opened, number)
                os.close(opened)
            sys.argv = ["run.py", world, file, function]
            break
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
    else:
        return
    run.main()


if __name__ == "__main__":
    main()
