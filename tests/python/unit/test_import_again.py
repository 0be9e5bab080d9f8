"""A program can import the package again, as tests and notebooks do: it catches its errors, and older clients work."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

PRELUDE = """
    import importlib, sys
    from unittest import mock
    import presigned

    KEYS = {"aws_access_key_id": "AKIDEXAMPLE", "aws_secret_access_key": "secret"}
    OBJECT = {"Bucket": "photos", "Key": "cat.jpg"}

    def client():
        return presigned.client("s3", "eu-central-1", **KEYS)

    def forget():
        for name in [*sys.modules]:
            if name.partition(".")[0] == "presigned":
                del sys.modules[name]

    def works(client):
        for url in (
            client.generate_presigned_url("get_object", OBJECT),
            client.generate_presigned_urls("get_object", [OBJECT])[0],
            client.presign("get_object", OBJECT).url,
        ):
            assert url.startswith("https://photos.s3.amazonaws.com/cat.jpg?"), url
        assert client.generate_presigned_post("photos", "cat.jpg")["fields"]["key"] == "cat.jpg"
        assert client.presign_post("photos", "cat.jpg").fields["key"] == "cat.jpg"
        assert client.meta.region_name == "eu-central-1"

    def caught(client, exceptions):
        wrong = {"Bucket": "photos"}
        calls = {
            "ParamValidationError": [
                lambda: client.generate_presigned_url("get_object", wrong),
                lambda: client.generate_presigned_urls("get_object", [wrong]),
                lambda: client.generate_presigned_post("photos", "cat.jpg", ExpiresIn=-1),
                lambda: client.presign("get_object", wrong),
            ],
            "UnknownClientMethodError": [lambda: client.generate_presigned_url("none")],
            "ProfileNotFound": [lambda: presigned.Session(profile_name="none")],
        }
        for name, ways in calls.items():
            for way in ways:
                for kind in (getattr(exceptions, name), exceptions.BotoCoreError):
                    try:
                        way()
                    except kind as error:
                        assert type(error).__name__ == name
                    else:
                        raise AssertionError(name)
"""


def run(*parts: str) -> None:
    """Runs a program in its own process."""
    program = "".join(textwrap.dedent(part) for part in parts)
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120)


@pytest.mark.parametrize("before", ["", "import botocore.exceptions\n"])
@pytest.mark.parametrize("is_warm", ["False", "True"])
def test_what_a_package_raises_that_was_imported_again_is_its_own(before: str, is_warm: str) -> None:
    run(
        before,
        PRELUDE,
        f"""
        old = client()
        if {is_warm}:
            caught(old, presigned.exceptions)
        for _ in range(3):
            forget()
            import presigned
            import presigned.exceptions
            works(client())
            caught(client(), presigned.exceptions)
            works(old)
            caught(old, presigned.exceptions)
        """,
    )


def test_a_package_that_is_put_aside_and_put_back_raises_its_own() -> None:
    run(
        PRELUDE,
        """
        old = client()
        caught(old, presigned.exceptions)
        own = presigned
        with mock.patch.dict(sys.modules):
            forget()
            import presigned
            assert presigned is not own
            caught(client(), presigned.exceptions)
        presigned = sys.modules["presigned"]
        assert presigned is own
        for each in (old, client()):
            works(each)
            caught(each, presigned.exceptions)
        """,
    )


@pytest.mark.parametrize("before", ["", "import botocore.exceptions\n"])
def test_every_module_can_be_reloaded(before: str) -> None:
    run(
        before,
        PRELUDE,
        """
        old = client()
        caught(old, presigned.exceptions)
        import presigned.aio, presigned.cli, presigned.config, presigned.session
        loaded = sorted(name for name in sys.modules if name.partition(".")[0] == "presigned")
        assert {"presigned", "presigned._core", "presigned.exceptions", "presigned.session"} <= {*loaded}
        for name in loaded:
            importlib.reload(sys.modules[name])
            for each in (old, client()):
                works(each)
                caught(each, presigned.exceptions)
        """,
    )


def test_one_finder_of_modules_is_left_however_often_the_package_is_imported() -> None:
    run(
        PRELUDE,
        """
        for _ in range(3):
            forget()
            import presigned
            importlib.reload(presigned)
        assert len([one for one in sys.meta_path if getattr(one, "__module__", "") == "presigned"]) == 1
        from presigned.dynamodb.conditions import Key
        """,
    )
