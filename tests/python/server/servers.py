"""The two servers the tests run against, and what each cannot do: every difference with its reason."""

import contextlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import boto3

import radosgw
import seaweedfs

# With the 32 characters before it, a key of 1,024 bytes: the longest of S3.
LONGEST = "n" * 992


# What a server does unlike S3, for `server.does(...)`.
POST_TOKEN = "refuses a form that was signed with temporary credentials"
REDIRECT_QUERY = "drops the query of success_action_redirect"
PLAIN_FIELDS = "does not store Cache-Control and Content-Disposition fields of a form"
POST_CODE = "answers AccessDenied to a wrong signature of a form"
EXPIRED_TEXT = "does not say that an expired URL is expired"
HOST_PORT = "puts its own port behind a Host that has none"
SIGV2_METADATA = "takes metadata out of a SigV2 URL, and counts it twice if it is sent as well"
TYPE_LIST = "compares a list of content types as one"
TAGS = "refuses tags in a form"
CHECKSUMS = "does not compare a form's checksum with the file"
OBJECT_SIZE = "does not compare x-amz-mp-object-size with the parts"
UNSIGNED_HEADERS = "accepts an x-amz-meta header that was not signed"


@dataclass(frozen=True)
class Unlike:
    """How a server differs from S3."""

    # Sentences from above.
    behaviours: frozenset[str] = frozenset()
    # Fields of a form that it accepts though the policy does not name them.
    unlisted_fields: frozenset[str] = frozenset()
    # Keys that it cannot keep, and keys that it cannot take from a form, each with the reason.
    unkept_keys: Mapping[str, str] = field(default_factory=dict)
    unformed_keys: Mapping[str, str] = field(default_factory=dict)


SEAWEEDFS = Unlike(
    behaviours=frozenset({POST_TOKEN, REDIRECT_QUERY, TYPE_LIST, OBJECT_SIZE, TAGS}),
    unlisted_fields=frozenset(
        {"acl", "Cache-Control", "Content-Type", "success_action_status", "success_action_redirect"}
    ),
    unkept_keys={
        "a//b///c": "runs of slashes are one slash there",
        "back\\slash": "a backslash is a slash there",
        "folder/": "a name with a final slash is a folder there, and loses its body",
        "dots./in/../it": "a `.` or `..` segment is refused with 400",
        LONGEST: "a file name has at most 255 bytes there",
    },
)
CEPH = Unlike(
    behaviours=frozenset(
        {
            PLAIN_FIELDS,
            POST_CODE,
            EXPIRED_TEXT,
            HOST_PORT,
            SIGV2_METADATA,
            UNSIGNED_HEADERS,
            TYPE_LIST,
            CHECKSUMS,
            OBJECT_SIZE,
        }
    ),
    unformed_keys={
        " both ends ": "the values of a form lose blanks at their ends",
        "emoji-😀-🏳️‍🌈": "the policy's surrogate pairs are not joined",
    },
)


class Credentials(NamedTuple):
    """Temporary credentials."""

    access_key: str
    secret_key: str
    token: str


@dataclass(frozen=True)
class Server:
    """A running server, its key pair, and how it differs from S3."""

    name: str
    host: str
    port: int
    access_key: str
    secret_key: str
    temporary_credentials: Callable[[], Credentials]
    domain: str
    unlike: Unlike
    # A role that the key pair may assume, and that may do everything.
    role_arn: str

    def does(self, behaviour: str) -> bool:
        """Whether it does what the sentence says."""
        return behaviour in self.unlike.behaviours

    @property
    def address(self) -> tuple[str, int]:
        """Where to connect."""
        return self.host, self.port

    @property
    def endpoint(self) -> str:
        """The `endpoint_url` for path style."""
        return f"http://{self.host}:{self.port}"

    @property
    def virtual_endpoint(self) -> str:
        """The `endpoint_url` for virtual-host style; its name is for `Host` only, and is not resolved."""
        return f"http://{self.domain}:{self.port}"


@contextlib.contextmanager
def running_seaweedfs() -> Iterator[Server]:
    """SeaweedFS, as `make demo` starts it; temporary credentials by sts:AssumeRole."""
    with seaweedfs.running() as weed:

        def temporary_credentials() -> Credentials:
            sts = boto3.client(
                "sts",
                region_name="us-east-1",
                endpoint_url=weed.endpoint,
                aws_access_key_id=weed.access_key,
                aws_secret_access_key=weed.secret_key,
            )
            made = sts.assume_role(RoleArn=seaweedfs.ROLE_ARN, RoleSessionName="test")["Credentials"]
            return Credentials(made["AccessKeyId"], made["SecretAccessKey"], made["SessionToken"])

        yield Server(
            "seaweedfs",
            weed.host,
            weed.port,
            weed.access_key,
            weed.secret_key,
            temporary_credentials,
            seaweedfs.DOMAIN,
            SEAWEEDFS,
            seaweedfs.ROLE_ARN,
        )


@contextlib.contextmanager
def running_ceph() -> Iterator[Server]:
    """Ceph radosgw, which must be installed; temporary credentials by sts:GetSessionToken, which a policy allows."""
    with radosgw.running() as gateway:

        def temporary_credentials() -> Credentials:
            session = boto3.Session(gateway.access_key, gateway.secret_key, region_name="us-east-1")
            endpoint = f"http://{gateway.host}:{gateway.port}"
            anything = {"Effect": "Allow", "Action": ["*"], "Resource": ["*"]}
            session.client("iam", endpoint_url=endpoint).put_user_policy(
                UserName="tester",
                PolicyName="tokens",
                PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [anything]}),
            )
            made = session.client("sts", endpoint_url=endpoint).get_session_token()["Credentials"]
            return Credentials(made["AccessKeyId"], made["SecretAccessKey"], made["SessionToken"])

        yield Server(
            "ceph",
            gateway.host,
            gateway.port,
            gateway.access_key,
            gateway.secret_key,
            temporary_credentials,
            radosgw.DOMAIN,
            CEPH,
            _ceph_role(gateway),
        )


def _ceph_role(gateway: radosgw.Radosgw) -> str:
    """Make a role."""
    iam = boto3.Session(gateway.access_key, gateway.secret_key, region_name="us-east-1").client(
        "iam", endpoint_url=f"http://{gateway.host}:{gateway.port}"
    )
    trust = {"Effect": "Allow", "Principal": {"AWS": ["arn:aws:iam:::user/tester"]}, "Action": ["sts:AssumeRole"]}
    anything = {"Effect": "Allow", "Action": ["s3:*"], "Resource": ["*"]}
    # It does not read the plus signs that blanks become in a form.
    trusted, allowed = (
        json.dumps({"Version": "2012-10-17", "Statement": [statement]}, separators=(",", ":"))
        for statement in (trust, anything)
    )
    role = iam.create_role(RoleName="TestRole", AssumeRolePolicyDocument=trusted)
    iam.put_role_policy(RoleName="TestRole", PolicyName="Everything", PolicyDocument=allowed)
    return str(role["Role"]["Arn"])


RUNNING = {"seaweedfs": running_seaweedfs, "ceph": running_ceph}
