"""The tests of other projects that have another outcome with presigned in boto3's place, each with its reason."""

from __future__ import annotations

from collections.abc import Mapping

_SIGV4 = "It sends what a SigV2 URL leaves unsigned otherwise than the URL says: see difference 1 of COMPATIBILITY.md."

#: Project -> test -> why it is different.
STATED: Mapping[str, Mapping[str, str]] = {
    "boto3": {
        "tests/unit/docs/test_service.py::TestServiceDocumenter"
        "::test_creates_correct_path_to_examples_based_on_service_name": "`boto3.__file__` is presigned's.",
        "tests/unit/test_session.py::TestSession::test_user_agent": "`boto3.__version__` is presigned's.",
    },
    "moto": {
        "tests/test_s3/test_s3.py::test_presigned_put_url_with_approved_headers": _SIGV4,
        "tests/test_s3/test_s3.py::test_presigned_put_url_with_custom_headers": _SIGV4,
    },
}
