"""Presigned URLs that browsers and devices open: of IoT, Kinesis Video, Transcribe, AgentCore and OpenSearch."""

from __future__ import annotations

import os

from presigned._services.credentials import signer_for

from .places import check_flag, check_name, host_in, kept, pairs, refused, region_in_use, seconds
from .token import token_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta
    from typing import Any

    from .token import Token

_DAY, _WEEK = 86_400, 604_800
#: What Kinesis Video's own library writes.
_VIDEO_LIFE = 299
_TRANSCRIBE_LIFE = 300
_AGENT_LIFE = 300
#: `arn`, partition, service, region, account, resource.
_PARTS_OF_ARN = 6


def iot(host: str, region: str | None = None, expires_in: int | timedelta = _DAY, *, credentials: Any = None) -> Token:
    """Makes the URL with which a device connects to AWS IoT by MQTT over a WebSocket.

    Args:
        host (str): The account's endpoint for data, such as `abc-ats.iot.eu-central-1.amazonaws.com`.
        region (str): Its region; else that of the default session.
        expires_in (int): Seconds: 86400 unless given, as AWS's library for devices writes.
        credentials (object): As for `presigned.presign_url`. The session token is added behind the signature, as IoT
            wants it.

    Raises:
        ParamValidationError: An argument is refused; the message names it.
        NoRegionError: There is no region.
        NoCredentialsError: There are no credentials.
    """
    place = kept(_iot, host)
    life = seconds(expires_in, _WEEK)
    signer = signer_for("iotdevicegateway", region_in_use(credentials) if region is None else region, credentials)
    url, at, end = signer.presigned("GET", place, life, (), (), "after", ())
    return token_of(url, at, life, end)


def kinesis_video(
    endpoint: str,
    channel_arn: str,
    client_id: str | None = None,
    region: str | None = None,
    expires_in: int | timedelta = _VIDEO_LIFE,
    *,
    credentials: Any = None,
) -> Token:
    """Makes the URL for the signaling of Kinesis Video's WebRTC, as `amazon-kinesis-video-streams-webrtc` does.

    Args:
        endpoint (str): What `get_signaling_channel_endpoint` returned: `wss://...`.
        channel_arn (str): The ARN of the channel.
        client_id (str): The ID of a viewer. Without it, the URL is the master's.
        region (str): The region of the channel; else that of the default session.
        expires_in (int): Seconds: 299 unless given.
        credentials (object): As for `presigned.presign_url`.

    Raises:
        ParamValidationError: An argument is refused; the message names it.
        NoRegionError: There is no region.
        NoCredentialsError: There are no credentials.
    """
    endpoint = check_name("endpoint", endpoint)
    if not endpoint.startswith("wss://") or "?" in endpoint:
        raise refused("endpoint", endpoint, "it must be a URL that begins with wss:// and has no query")
    channel_arn = check_name("channel_arn", channel_arn)
    life = seconds(expires_in, _WEEK)
    query = [("X-Amz-ChannelARN", channel_arn)]
    if client_id is not None:
        client_id = check_name("client_id", client_id)
        query.append(("X-Amz-ClientId", client_id))
    place = endpoint if endpoint.count("/") > 2 else f"{endpoint}/"  # noqa: PLR2004 - those of wss://
    signer = signer_for("kinesisvideo", region_in_use(credentials) if region is None else region, credentials)
    try:
        url, at, end = signer.presigned("GET", place, life, query, (), "signed", ())
    except Exception as error:
        if "parameter url: " not in str(error):
            raise
        why = str(error).rpartition("parameter url: ")[2]
        raise refused("endpoint", endpoint, why) from None
    # The library sorts all parameters, also the signature. It signs the same.
    address, _, made = url.partition("?")
    return token_of(f"{address}?{'&'.join(sorted(made.split('&')))}", at, life, end)


def transcribe(
    region: str | None = None,
    *,
    language_code: str,
    media_encoding: str = "pcm",
    sample_rate: int = 16_000,
    query: Mapping[str, str] | None = None,
    expires_in: int | timedelta = _TRANSCRIBE_LIFE,
    credentials: Any = None,
) -> Token:
    """Makes the URL of a WebSocket that transcribes a stream of speech.

    Args:
        region (str): The region to transcribe in; else that of the default session.
        language_code (str): The language, such as `"de-DE"`.
        media_encoding (str): `"pcm"`, `"ogg-opus"` or `"flac"`.
        sample_rate (int): Samples in a second.
        query (Mapping): More parameters, such as `{"vocabulary-name": "cats"}`.
        expires_in (int): Seconds, at most 300.
        credentials (object): As for `presigned.presign_url`.

    Raises:
        ParamValidationError: An argument is refused; the message names it.
        NoRegionError: There is no region.
        NoCredentialsError: There are no credentials.
    """
    language_code = check_name("language_code", language_code)
    media_encoding = check_name("media_encoding", media_encoding)
    if type(sample_rate) is not int or sample_rate <= 0:
        raise refused("sample_rate", sample_rate, "it must be a whole number of samples")
    life = seconds(expires_in, _TRANSCRIBE_LIFE)
    region = region_in_use(credentials) if region is None else region
    signer = signer_for("transcribe", region, credentials)
    own = [("language-code", language_code), ("media-encoding", media_encoding), ("sample-rate", str(sample_rate))]
    parameters = pairs(query, *own)
    place = f"wss://{host_in('transcribestreaming', region)}:8443/stream-transcription-websocket"
    url, at, end = signer.presigned("GET", place, life, parameters, (), "signed", ())
    return token_of(url, at, life, end)


def agentcore(
    arn: str,
    qualifier: str | None = None,
    session_id: str | None = None,
    query: Mapping[str, str] | None = None,
    expires_in: int | timedelta = _AGENT_LIFE,
    *,
    credentials: Any = None,
) -> Token:
    """Makes the URL of a WebSocket to an agent of Bedrock AgentCore, as `bedrock-agentcore` does.

    Args:
        arn (str): The ARN of the runtime, which has the region too.
        qualifier (str): The name of its endpoint.
        session_id (str): The ID of the session; a new one unless given.
        query (Mapping): More parameters.
        expires_in (int): Seconds, at most 300.
        credentials (object): As for `presigned.presign_url`.

    Raises:
        ParamValidationError: An argument is refused; the message names it.
        NoCredentialsError: There are no credentials.
    """
    place, region = kept(_agentcore, arn)
    life = seconds(expires_in, _AGENT_LIFE)
    own = []
    if qualifier is not None:
        qualifier = check_name("qualifier", qualifier)
        own.append(("qualifier", qualifier))
    if session_id is None:
        session_id = _random_uuid()
    session_id = check_name("session_id", session_id)
    identity = ("X-Amzn-Bedrock-AgentCore-Runtime-Session-Id", session_id)
    own = [*(pair for pair in pairs(query, *own, identity) if pair is not identity), identity]
    signer = signer_for("bedrock-agentcore", region, credentials)
    url, at, end = signer.presigned("GET", place, life, own, (), "signed", ())
    return token_of(url, at, life, end)


def opensearch(
    method: str,
    url: str,
    region: str | None = None,
    serverless: bool = False,
    expires_in: int | timedelta = 3600,
    *,
    credentials: Any = None,
) -> Token:
    """Makes a presigned URL of a domain or a serverless collection of OpenSearch, for a request without a body.

    Args:
        method (str): The HTTP method, such as `"GET"`.
        url (str): The whole URL.
        region (str): The region of the domain; else that of the default session.
        serverless (bool): Whether it is a serverless collection.
        expires_in (int): Seconds, at most 604800: 3600 unless given.
        credentials (object): As for `presigned.presign_url`.

    Raises:
        ParamValidationError: An argument is refused; the message names it.
        NoRegionError: There is no region.
        NoCredentialsError: There are no credentials.
    """
    from presigned._services.arguments import check_text

    life = seconds(expires_in, _WEEK)
    service = "aoss" if check_flag("serverless", serverless) else "es"
    signer = signer_for(service, region_in_use(credentials) if region is None else region, credentials)
    try:
        made, at, end = signer.presigned(method, url, life, (), (), "signed", ())
    except (TypeError, UnicodeEncodeError):
        check_text(method=method, url=url)
        raise
    return token_of(made, at, life, end)


def _iot(host: Any) -> str:
    host = check_name("host", host)
    name, colon, port = host.partition(":")
    is_port = not colon or (port.isdigit() and len(port) < len("100000") and int(port) < 1 << 16)
    if not host.isascii() or not is_port or not name.replace(".", "").replace("-", "").isalnum():
        raise refused("host", host, "it must be a host, without wss://")
    return f"wss://{host}/mqtt"


def _agentcore(arn: Any) -> tuple[str, str]:
    """The URL of a runtime, and its region."""
    parts = arn.split(":") if isinstance(arn, str) else []
    is_runtime = len(parts) == _PARTS_OF_ARN and parts[0] == "arn" and parts[2] == "bedrock-agentcore"
    if not is_runtime or not all(parts) or not parts[5].startswith("runtime/") or parts[5] == "runtime/":
        raise refused("arn", arn, "it must be like arn:aws:bedrock-agentcore:eu-central-1:123456789012:runtime/NAME")
    return f"wss://{host_in('bedrock-agentcore', parts[3])}/runtimes/{_escaped(arn)}/ws", parts[3]


def _escaped(text: str) -> str:
    """A part of a path, percent-encoded."""
    kept = "-._~"
    return "".join(
        letter
        if letter.isascii() and (letter.isalnum() or letter in kept)
        else "".join(f"%{byte:02X}" for byte in letter.encode())
        for letter in text
    )


def _random_uuid() -> str:
    """A UUID of version 4. The module `uuid` takes longer to import than all this."""
    digits = f"{int.from_bytes(os.urandom(16), 'big') & ~(0xF << 76) & ~(0x3 << 62) | (4 << 76) | (2 << 62):032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
