"""`PresignedPost.check` says what a server says, for forms and changes of them that Hypothesis finds."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from .servers import CHECKSUMS, TAGS, TYPE_LIST, Server
from .wire import Submit

# Fields that both servers treat as S3 does; values that a form carries as they are.
FIELDS = ["x-amz-meta-a", "x-amz-meta-b", "Content-Type", "Cache-Control", "success_action_status"]
VALUES = {
    # A list of types has its own test below: a server may compare it as one string.
    "Content-Type": ["image/png", "image/gif", "text/html", "image"],
    "Cache-Control": ["no-cache", "no-store", "max-age=1"],
    "success_action_status": ["200", "201", "204"],
}
TEXTS = ["a", "ab", "abc", "b", "ü", "A", "a,b"]
KEYS = ["k", "kk", "folder/${filename}", "${filename}"]
NAMES = ["cat.png", "a b.txt", "日本.png"]


def value_of(name: str) -> Any:
    return st.sampled_from(VALUES.get(name, TEXTS))


def names(at_most: int) -> Any:
    """Lists and not sets: the order of a set of strings differs from run to run."""
    return st.lists(st.sampled_from(FIELDS), unique=True, max_size=at_most)


@st.composite
def forms(draw: Any) -> tuple[dict[str, str], list[Any], str, dict[str, str], int, str]:
    """Fields and conditions of a form, its key, what the sender changes, the size and the name of the file."""
    fields = {name: draw(value_of(name)) for name in draw(names(len(FIELDS)))}
    rules: list[Any] = []
    for name, value in fields.items():
        if name != "success_action_status" and draw(st.booleans()):
            rules.append(["starts-with", f"${name}", value[: draw(st.integers(0, len(value)))]])
    if draw(st.booleans()):
        smallest = draw(st.integers(0, 4))
        rules.append(["content-length-range", smallest, smallest + draw(st.integers(0, 4))])
    changed = {name: draw(value_of(name)) for name in draw(names(2))}
    if draw(st.booleans()):
        changed["key"] = draw(st.sampled_from(KEYS))
    return fields, rules, draw(st.sampled_from(KEYS)), changed, draw(st.integers(0, 9)), draw(st.sampled_from(NAMES))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(forms())
def test_check_and_a_server_agree(
    client: Any, submit: Submit, bucket: str, prefix: str, server: Server, form: Any
) -> None:
    fields, rules, key, changed, size, name = form
    unlisted = server.unlike.unlisted_fields
    post = client.presign_post(bucket, f"{prefix}/{key}", fields=fields, conditions=rules)
    if "key" in changed:
        changed = {**changed, "key": f"{prefix}/{changed['key']}"}
    changed = {name: value for name, value in changed.items() if name in post.fields or name not in unlisted}
    sent = {**post.fields, **changed}
    objection = post.check(name, size, changed)
    answer = submit({"url": post.url, "fields": sent}, b"x" * size, name)
    said = f"{answer.status} {answer.code}: {answer.element('Message')}"
    assert (objection is None) == (answer.status < 300), said
    if objection is not None and server.name == "seaweedfs":
        assert (objection.status, objection.code) == (answer.status, answer.code), said


EXACT: list[tuple[dict[str, Any], dict[str, str], int, str]] = [
    ({"content_type": "image/*"}, {"Content-Type": "image/png"}, 1, ""),
    ({"content_type": "image/*"}, {"Content-Type": "text/html"}, 1, "AccessDenied"),
    ({"content_type": "image/*"}, {}, 1, "AccessDenied"),
    ({"max_size": 3}, {}, 3, ""),
    ({"max_size": 3}, {}, 4, "EntityTooLarge"),
    ({"min_size": 3}, {}, 2, "EntityTooSmall"),
    ({"success_status": 201}, {}, 1, ""),
    ({"metadata": {"by": "ü & b"}, "cache_control": "no-cache", "content_disposition": "attachment"}, {}, 1, ""),
    ({"acl": "private", "storage_class": "STANDARD"}, {}, 1, ""),
    ({"checksum_algorithm": "CRC32", "checksum": "jNwWgw=="}, {}, 1, ""),
]


@pytest.mark.parametrize(("options", "added", "size", "code"), EXACT)
def test_an_option_is_what_a_server_takes(
    options: dict[str, Any],
    added: dict[str, str],
    size: int,
    code: str,
    client: Any,
    submit: Submit,
    bucket: str,
    key: str,
) -> None:
    post = client.presign_post(bucket, key, **options)
    objection = post.check("file", size, added)
    answer = submit({"url": post.url, "fields": {**post.fields, **added}}, b"x" * size)
    assert ("" if objection is None else objection.code, answer.code) == (code, code)


def test_each_type_of_a_list_is_compared(server: Server, client: Any, submit: Submit, bucket: str, key: str) -> None:
    post = client.presign_post(bucket, key, content_type="image/*")
    for types, fits in (("image/png,image/gif", True), ("image/png,text/html", False)):
        answer = submit({"url": post.url, "fields": {**post.fields, "Content-Type": types}})
        assert (post.check(content_type=types) is None) is fits
        assert (answer.status == 204) is (fits or server.does(TYPE_LIST))


def test_the_tags_of_a_form_are_those_of_the_object(
    server: Server, client: Any, boto3_client: Any, submit: Submit, bucket: str, key: str
) -> None:
    answer = submit(client.presign_post(bucket, key, tags={"a": "b & <c>", "d": ""}).as_dict())
    assert (answer.status == 204) is not server.does(TAGS)
    if not server.does(TAGS):
        tags = boto3_client.get_object_tagging(Bucket=bucket, Key=key)["TagSet"]
        assert {tag["Key"]: tag["Value"] for tag in tags} == {"a": "b & <c>", "d": ""}


def test_a_file_with_another_checksum_is_refused(
    server: Server, client: Any, submit: Submit, bucket: str, key: str
) -> None:
    post = client.presign_post(bucket, key, checksum_algorithm="CRC32", checksum="jNwWgw==")
    assert post.check(size=1) is None
    assert (submit(post.as_dict(), b"y").code == "BadDigest") is not server.does(CHECKSUMS)


@pytest.mark.parametrize("name", ["a.txt", "users/1/b.txt"])
def test_a_prefix_lets_in_any_key_that_begins_so(name: str, client: Any, submit: Submit, bucket: str, key: str) -> None:
    post = client.presign_post(bucket, f"{key}/first", key_prefix=f"{key}/")
    for wanted, status in ((f"{key}/first", 204), (f"{key}/{name}", 204), (f"other/{key}/{name}", 403)):
        answer = submit({"url": post.url, "fields": {**post.fields, "key": wanted}})
        assert answer.status == status
        assert (post.check(fields={"key": wanted}) is None) == (status == 204)
