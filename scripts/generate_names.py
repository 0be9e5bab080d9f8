"""Writes python/presigned/_names.py: the names of S3's operations, errors, waiters and resource attributes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import boto3
import botocore.session

import generator
from generator import method_name, python_string

if TYPE_CHECKING:
    from pathlib import Path

TARGET = generator.PACKAGE / "_names.py"


def files() -> dict[Path, str]:
    """Returns the text of `_names.py`."""
    model = generator.service_model()
    operations = [f'    "{method_name(name)}": "{name}",' for name in model.operation_names]
    errors = []
    for shape in model.error_shapes:
        if shape.error_code != shape.name:
            sys.exit(f"{shape.name} has the code {shape.error_code}: a list of names can no longer hold both")
        errors.append(f'    "{shape.name}",')
    waiters = botocore.session.get_session().get_waiter_model("s3").waiter_names
    keys = dict.fromkeys(("aws_access_key_id", "aws_secret_access_key"), "-")
    resource = boto3.Session(region_name="us-east-1", **keys).resource("s3")
    public = [name for name in dir(resource) if not name.startswith("_") and name != "meta"]
    session = sorted(name for name in dir(botocore.session.Session()) if not name.startswith("__"))
    lines = [
        f"# {generator.notice('generate_names.py')}",
        '"""The names of the operations, errors and waiters of S3, and of what resources and sessions have."""',
        "",
        "from __future__ import annotations",
        "",
        f'API_VERSION = "{model.api_version}"',
        "",
        "#: Method of a client -> operation of the model.",
        "OPERATIONS = {",
        *operations,
        "}",
        "",
        "#: The errors that `client.exceptions` names; each name is the error's code too.",
        "ERRORS = (",
        *errors,
        ")",
        "",
        "#: The names of `client.waiter_names`.",
        f"WAITERS = ({', '.join(python_string(method_name(name)) for name in waiters)})",
        "",
        "#: The public attributes of boto3's S3 resource, without `meta`.",
        "RESOURCE = (",
        *(f'    "{name}",' for name in public),
        ")",
        "",
        "#: The attributes of botocore's sessions.",
        "BOTOCORE_SESSION = (",
        *(f'    "{name}",' for name in session),
        ")",
    ]
    return {TARGET: "\n".join(lines) + "\n"}


if __name__ == "__main__":
    generator.main(files, __doc__)
