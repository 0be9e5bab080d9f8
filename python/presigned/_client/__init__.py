"""The S3 client: the native client, with the other attributes of boto3's clients."""

# Annotations are strings in modules that every start loads: `from __future__` costs as much as three modules.

from presigned import _core

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta
    from typing import Any, TypeVar

    from presigned._boto3.client_exceptions import S3Exceptions
    from presigned._boto3.gate import Gate
    from presigned._session_state import ExpressSessions
    from presigned._settings.client_settings import Settings
    from presigned.session import Session

    from .meta import ClientMeta
    from .multipart import PresignedMultipart
    from .presigned_post import PresignedPost
    from .presigned_request import PresignedRequest

    _T = TypeVar("_T")

    # Type checkers would take the attributes of boto3's clients for methods. The stub has the arguments of `presign`.
    _Parent = _core._Presigning  # noqa: SLF001 - our own class
else:
    #: The attributes of boto3's clients besides the operations of the model.
    _BOTO3_METHODS = (
        "_PY_TO_OP_NAME",
        "_cache",
        "_client_config",
        "_convert_to_request_dict",
        "_emit_api_params",
        "_endpoint",
        "_exceptions_factory",
        "_get_credentials",
        "_loader",
        "_make_api_call",
        "_make_request",
        "_request_signer",
        "_resolve_endpoint_ruleset",
        "_response_parser",
        "_ruleset_resolver",
        "_serializer",
        "_service_model",
        "_user_agent_creator",
        "can_paginate",
        "copy",
        "download_file",
        "download_fileobj",
        "get_paginator",
        "get_waiter",
        "meta",
        "upload_file",
        "upload_fileobj",
        "waiter_names",
    )
    _Parent = type("Client", (_core.Client,), {"__slots__": (), **_core.methods_later(_BOTO3_METHODS)})


def itself(thing: "_T", _memo: object = None) -> "_T":
    """Returns the object itself: a client or a session has no state to copy."""
    return thing


def reduced(thing: "S3 | Session") -> "tuple[Any, ...]":
    """Pickles a client or a session, without credentials."""
    from .pickled import reduce_client, reduce_session

    return reduce_client(thing) if isinstance(thing, S3) else reduce_session(thing)


#: The last fields, conditions and options of a form, the fields and conditions that they came to, or `None` if nothing
#: was missing, and the place of the range of sizes among the conditions, if there is one.
_settled_form: "tuple[Any, Any, Any, tuple[Any, Any] | None, int | None]" = (None, None, None, None, None)


#: The options of a form that write no field.
_OF_DELIVERY = frozenset({"clock_offset", "on_early_expiry", "on_temporary", "public_url", "signed_at", "stable_for"})


def taken(options: "dict[str, Any]") -> "dict[str, Any]":
    """Takes the options that write no field out of those of a form."""
    return {name: options.pop(name) for name in _OF_DELIVERY.intersection(options)}


def settled_form(
    bucket: "Any", key: "Any", fields: "Any", conditions: "Any", options: "dict[str, Any]"
) -> "tuple[Any, Any, Any]":
    """Returns the key that a form's policy is made from, its fields and its conditions, with what the options add."""
    global _settled_form  # noqa: PLW0603 - one tuple, which is replaced as a whole
    from . import post_options

    made = post_options.settled(bucket, key, fields, conditions, options)
    _settled_form = post_options.remembered(fields, conditions, options, made[1:]) or _settled_form
    return made


def are_other(options: "dict[str, Any]", old: "dict[str, Any] | None", key: "Any") -> bool:
    """Whether the options of a form differ from old ones, or must be compared with its key."""
    if options != old or type(key) is not str or "${filename}" in key.removesuffix("${filename}"):
        return True
    # `True` equals 1, and is not a size.
    return [*map(type, options.values())] != [*map(type, old.values())]


def with_key(form: "PresignedPost", of_policy: "Any", key: "Any") -> "PresignedPost":
    """Gives a form its key, where the policy has only the beginning of it."""
    if of_policy is not key:
        form.fields["key"] = key  # type: ignore[index] # the core makes a dict
    return form


class Settled:
    """The settings with which a client was made. None of them is looked up again."""

    __slots__ = (
        "arguments",
        "credentials",
        "environ",
        "gate",
        "is_provided",
        "may_travel",
        "meta",
        "presign_options",
        "region",
        "regions",
        "session",
        "sessions",
        "settings",
        "waiter",
    )

    def __init__(
        self,
        session: "Any",
        arguments: "dict[str, Any]",
        region: "str | None",
        settings: "Settings | str",
        environ: "dict[str, str]",
        credentials: "dict[str, Any]",
        sessions: "ExpressSessions",
    ) -> None:
        #: The session that made it.
        self.session = session
        #: The arguments that it was made with; a `config` is a copy.
        self.arguments = arguments
        #: The region that was asked for, from any source.
        self.region = region
        #: Its settings, or only the region if nothing else was set.
        self.settings = settings
        #: The environment variables that boto3 would have read.
        self.environ = environ
        #: Its credentials, as the native client takes them.
        self.credentials = credentials
        #: Its sessions with directory buckets of S3 Express.
        self.sessions = sessions
        #: Its `meta`, once a program has accessed it.
        self.meta: ClientMeta | None = None
        #: The gate that decides who presigns, once it has become a boto3 client.
        self.gate: Gate | None = None
        #: How to wait for credentials, in asyncio.
        self.waiter: Any = None
        #: Whether the credentials were given as `credentials`.
        self.is_provided = False
        #: Whether credentials may be pickled.
        self.may_travel = False
        #: The options of `presign` that are set for all its links.
        self.presign_options: dict[str, Any] | None = None
        #: Region -> credentials, and the native client that presigns for it with them.
        self.regions: dict[str, tuple[Any, _core.Client]] | None = None


class S3(_Parent):
    """Presigns URLs and forms for S3 with one set of credentials and settings.

    Clients come from `presigned.client` or `Session.client`. They are safe to share among threads.
    """

    __slots__ = ("__dict__", "__weakref__", "_presigned")

    if TYPE_CHECKING:
        meta: ClientMeta
        _presigned: Settled
    #: The class of botocore's clients, and the module that turns a client into one.
    _known_as = ("botocore.client", "BaseClient")
    _promotion = "presigned._boto3.promotion"

    if not TYPE_CHECKING:

        @property
        def __class__(self) -> "type":
            """The class, as `isinstance` asks: a botocore client too, once botocore is loaded."""
            from . import kinds

            gate = self._presigned.gate
            return kinds.joined(type(self), *self._known_as, () if gate is None else type(gate.theirs).__bases__)

    @property
    def exceptions(self) -> "S3Exceptions":
        """The classes of the errors that S3 returns; the same for all clients."""
        gate = self._presigned.gate
        if gate is not None:
            theirs: S3Exceptions = gate.theirs.exceptions
            return theirs
        from presigned._boto3 import client_exceptions

        return client_exceptions.shared()

    if not TYPE_CHECKING:
        # Their types, of `presign` one overload an operation, are those of `_core._Presigning`.

        def _presign(
            self,
            operation: "Any",
            params: "Any",
            expires_in: "Any",
            http_method: "Any",
            options: "dict[str, Any] | None",
        ) -> "PresignedRequest":
            """Answers `presign`, if there are options or the client has become boto3's."""
            expires_in = 3600 if expires_in is None else expires_in
            gate = self._presigned.gate
            core = self if gate is None else gate.core_of_request(self, operation, params)
            if options or self._presigned.presign_options is not None:
                from .presign_options import Presigning

                return Presigning(self, core, operation, params, options or {}).request(expires_in, http_method)
            if core is not None:
                return _core.presigned_request(core, operation, params, expires_in, http_method)
            from .presigned_request import PresignedRequest

            return PresignedRequest(operation, *gate.request(operation, params, expires_in, http_method))

        def presign_many(self, operation: str, params: "Any", **rest: "Any") -> "list[PresignedRequest]":
            """Presigns many requests of one operation.

            Args:
                operation (str): The operation as boto3 names it, such as `"get_object"`.
                params (list | dict): Parameters of each request; or one dict in which some values are columns: lists,
                    ranges or arrays of equal length.
                **rest: The other arguments and options of `presign`.

            Returns:
                list[PresignedRequest]: One for each row, in order. `generate_presigned_urls` gives the URLs alone, in a
                fifth of the time.

            Raises:
                ParamValidationError: As `presign`, with the number of the row; or columns differ in length.

            Example:
                >>> import presigned
                >>> s3 = presigned.client("s3", "eu-central-1", aws_access_key_id="AK", aws_secret_access_key="SK")
                >>> keys = ["a.jpg", "b.jpg"]
                >>> photos = {"Bucket": "photos", "Key": keys, "ContentType": "image/jpeg"}
                >>> [request.headers for request in s3.presign_many("put_object", photos)]
                [{'content-type': 'image/jpeg'}, {'content-type': 'image/jpeg'}]
            """
            from .presign_many import presign_many
            from .steps import run

            return run(self, presign_many(operation, params, rest))

        def presign_multipart(
            self,
            bucket: str,
            key: str,
            upload_id: str,
            *,
            size: int,
            **rest: "Any",
        ) -> "PresignedMultipart":
            """Presigns all requests of an upload in parts: each part, and the requests that list, complete or abort it.

            Args:
                bucket (str): The bucket.
                key (str): The key.
                upload_id (str): The `UploadId` that `create_multipart_upload` has returned.
                size (int): The size of the object, in bytes: at most 48.8 TiB.
                part_size (int): The size of each part but the last, in bytes: 5 MiB to 5 GiB. Unless given, the
                    smallest whole number of MiB that needs no more than 10,000 parts.
                parts (Iterable[int]): The numbers of the parts that are still missing. All unless given.
                checksums (Mapping[int, str]): Part number -> its checksum in base64, which S3 then compares.
                checksum_algorithm (str): `"CRC32"`, `"CRC32C"`, `"CRC64NVME"`, `"SHA1"` or `"SHA256"`.
                expires_in (int | float | str | timedelta): How long all links work, in seconds.
                **rest: The options of `presign`.

            Returns:
                PresignedMultipart: It has `parts`, `list_parts`, `complete`, `abort`, `part_size` and `as_dict()`.

            Raises:
                ParamValidationError: S3 would refuse the upload: too large, too many parts, or parts too small.

            Example:
                >>> import presigned
                >>> s3 = presigned.client("s3", "eu-central-1", aws_access_key_id="AK", aws_secret_access_key="SK")
                >>> upload = s3.presign_multipart("films", "a.mp4", "upload-id", size=12_000_000)
                >>> [(part.number, part.start, part.end) for part in upload.parts]
                [(1, 0, 5242880), (2, 5242880, 10485760), (3, 10485760, 12000000)]

            AWS: https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
            """
            from .multipart import presign_multipart
            from .steps import run

            has_options = self._presigned.presign_options is not None
            return run(self, presign_multipart(bucket, key, upload_id, size=size, has_options=has_options, **rest))

        def presign_post(
            self,
            bucket: str,
            key: str,
            *,
            fields: "Mapping[str, str] | None" = None,
            conditions: "list[Any] | None" = None,
            expires_in: "float | str | timedelta" = 3600,
            **kwargs: "Any",
        ) -> "PresignedPost":
            """Presigns a POST form: anybody who has it can upload one object that fits its policy.

            Each option writes the form's field and the condition on it; docs/UPLOADS.md shows both. Of `fields` and
            `conditions`, the missing half is written too: a field without a condition gets one, and an exact condition
            without a field gets that. What contradicts something else, or is there twice, is refused. Without options,
            `fields` and `conditions`, URL and fields are those of `generate_presigned_post`.

            Args:
                bucket (str): The bucket.
                key (str): The key; at its end, `"${filename}"` stands for the name of the user's file. The policy then
                    holds what is in front of it alone: the uploader may choose any key that begins so.
                fields (Mapping): Further form fields. Each becomes a condition. Never changed.
                conditions (list): What else the policy asks of the form, such as `{"acl": "private"}`,
                    `["starts-with", "$x-amz-meta-by", "user-"]` or `["content-length-range", 1, 1000]`.
                expires_in (int | float | str | timedelta): How long the form works, in seconds: any time in the
                    future, 3600 unless given.
                max_size (int): The largest size of the file, in bytes.
                min_size (int): The smallest size of the file, in bytes.
                content_type (str): The type of the file: `"image/png"`; or how it begins, such as `"image/*"`, where
                    the uploader adds the field `Content-Type`. S3 compares this field, and does not look at the file.
                key_prefix (str): How the key begins, if the uploader may change more of `key` than its end. The policy
                    holds this alone.
                success_redirect (str): Where S3 sends the browser after the upload: a whole URL.
                success_status (int): The status of S3's answer: 200, 201 (with XML) or 204.
                acl (str): A canned ACL, such as `"private"`.
                storage_class (str): The storage class, such as `"STANDARD_IA"`.
                cache_control (str): The header `Cache-Control` of the object.
                content_disposition (str): Its `Content-Disposition`; see `presigned.attachment`.
                content_encoding (str): Its `Content-Encoding`.
                website_redirect (str): Where a website's bucket redirects requests for the object.
                metadata (Mapping): Metadata, names without `x-amz-meta-`.
                tags (Mapping): Up to 10 tags.
                server_side_encryption (str): `"AES256"`, `"aws:kms"` or `"aws:kms:dsse"`.
                sse_kms_key_id (str): The key of KMS.
                sse_kms_encryption_context (Mapping): The encryption context for KMS.
                bucket_key_enabled (bool): Whether a bucket key encrypts.
                object_lock_mode (str): `"GOVERNANCE"` or `"COMPLIANCE"`.
                object_lock_retain_until (datetime): Until when, with a time zone.
                object_lock_legal_hold (bool): Whether there is a legal hold.
                checksum_algorithm (str): `"CRC32"`, `"CRC32C"`, `"CRC64NVME"`, `"SHA1"` or `"SHA256"`.
                checksum (str): The checksum of the one file that S3 then takes, in base64.
                public_url (str | PublicUrl): Where the form is sent, if a proxy stands before S3.
                stable_for (int | str | timedelta): Seconds for which everybody gets the same form. At any moment, it
                    works for longer than `expires_in`.
                signed_at (datetime | int): The instant to sign at, with a time zone or in seconds since 1970.
                clock_offset (int | timedelta): Seconds by which the clock of this machine is behind.
                on_early_expiry (str): What to do if the credentials expire before the policy, as for `presign`.
                on_temporary (str): `"allow"` makes stable forms with temporary credentials, as for `presign`.
                **kwargs: The options above, from `max_size` on; `None` stands for one that is not given.

            Returns:
                PresignedPost: It has `url`, `fields` (in order; the file itself follows as `file`) and `expires_at`;
                `check`, `html`, `curl` and `as_dict`.

            Raises:
                ParamValidationError: Something is of a wrong type, contradicts something else or is there twice, or
                    the policy would be over already.
                NoCredentialsError: There is nothing to sign with.
                TypeError: There is no such option.

            Example:
                >>> import presigned
                >>> s3 = presigned.client("s3", "eu-central-1", aws_access_key_id="AK", aws_secret_access_key="SK")
                >>> form = s3.presign_post("photos", "inbox/${filename}", max_size=10_000_000, content_type="image/*")
                >>> form.url, form.fields["key"]
                ('https://photos.s3.amazonaws.com/', 'inbox/${filename}')
                >>> str(form.check("cat.png", size=20_000_000, content_type="image/png"))
                'EntityTooLarge: Your proposed upload exceeds the maximum allowed size'

            AWS: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
            """
            settled = self._presigned
            of_delivery = None
            if kwargs and not _OF_DELIVERY.isdisjoint(kwargs):
                of_delivery = taken(kwargs)
            of_policy = key
            if fields is not None or conditions is not None or kwargs:
                # Most calls give what the call before gave: comparing takes a tenth of settling.
                old_fields, old_conditions, old_options, made, size_rule = _settled_form
                try:
                    is_other = old_fields != fields or old_conditions != conditions
                    is_other = is_other or bool(are_other(kwargs, old_options, key) if kwargs else old_options)
                    if size_rule is not None and not is_other:
                        # `True` equals 1, and 1.0 does, and both are not a size.
                        _, smallest, largest = conditions[size_rule]  # type: ignore[index] # they equal a list
                        is_other = type(smallest) is not int or type(largest) is not int
                except Exception:  # noqa: BLE001 - they cannot be compared, and the checks say why
                    is_other = True
                if is_other:
                    of_policy, fields, conditions = settled_form(bucket, key, fields, conditions, kwargs)
                elif made is not None:
                    fields, conditions = made
            gate = settled.gate
            core = self if gate is None else gate.core_of_form(self, bucket)
            if core is not None:
                form = _core.presigned_post(core, bucket, of_policy, fields, conditions, expires_in)
            else:
                from .presigned_post import PresignedPost

                made, end = gate.form(bucket, of_policy, fields, conditions, expires_in)
                form = PresignedPost(made["url"], made["fields"], end)
            is_early = form._is_early  # noqa: SLF001 - our own class
            if is_early or of_delivery is not None or settled.presign_options is not None:
                from .post_delivery import delivered

                arguments = bucket, of_policy, fields, conditions, expires_in
                form = delivered(form, self, core, key, arguments, of_delivery or {})
            return form if of_policy is key else with_key(form, of_policy, key)

    def close(self) -> None:
        """Closes the connections of the boto3 client that this one has become. Before that, there are none."""
        gate = self._presigned.gate
        if gate is not None:
            gate.theirs.close()

    if TYPE_CHECKING:
        # The attributes of a boto3 client.
        def __getattr__(self, name: str) -> Any: ...

    def __dir__(self) -> "list[str]":
        from . import later

        return later.names(self, super().__dir__())

    __copy__ = itself
    __deepcopy__ = itself
    __reduce__ = reduced


if not TYPE_CHECKING:
    # Only `S3` uses it.
    del _Parent
