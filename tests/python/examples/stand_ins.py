"""Small servers that check a token as its service would: Kafka, Kubernetes, Bedrock, and IoT in front of mosquitto."""

import base64
import contextlib
import hashlib
import http.client
import http.server
import json
import socket
import socketserver
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import presigned

# The last part stands for the token of a role, which is that long.
KEYS = ("AKIDEXAMPLE", "very secret", "session/token+" * 90)

Holds = Callable[[str], bool]


def _decoded(text: str) -> str:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()


def holds_for_kafka(token: str) -> bool:
    """Whether it is a token for MSK."""
    url = _decoded(token)
    return url.startswith("https://kafka.eu-central-1.amazonaws.com/?") and bool(presigned.verify(url, KEYS))


def holds_for_kubernetes(token: str) -> bool:
    """Whether it is a token for the cluster `production` of EKS."""
    prefix, _, text = token.rpartition(".")
    headers = {"x-k8s-aws-id": "production"}
    return prefix == "k8s-aws-v1" and bool(presigned.verify(_decoded(text), KEYS, headers=headers))


def holds_for_bedrock(token: str) -> bool:
    """Whether it is an API key for Bedrock."""
    prefix = "bedrock-api-key-"
    url = f"https://{base64.b64decode(token[len(prefix) :]).decode()}"
    return token.startswith(prefix) and bool(presigned.verify(url, KEYS, method="POST"))


class _Threads(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    #: The clients close when they like.
    block_on_close = False
    context: ssl.SSLContext

    def get_request(self) -> tuple[socket.socket, object]:
        connection, address = super().get_request()
        # The thread of the connection shakes hands.
        return self.context.wrap_socket(connection, server_side=True, do_handshake_on_connect=False), address

    def handle_error(self, *_: object) -> None:
        """Say nothing: a client that tries whether somebody listens closes at once."""


@contextlib.contextmanager
def serving(handler: type[socketserver.BaseRequestHandler], certificate: Path) -> Iterator[int]:
    """Run a handler in threads, over TLS. Yields the port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "certificate.pem", certificate / "key.pem")
    with _Threads(("127.0.0.1", 0), handler) as server:
        server.context = context
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()


class Api(http.server.BaseHTTPRequestHandler):
    """Tells the version of Kubernetes, and answers for a model of Bedrock, to those who have the token."""

    def do_GET(self) -> None:
        self._answer(holds_for_kubernetes, {"major": "1", "minor": "33", "gitVersion": "v1.33.0-eks"})

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(holds_for_bedrock, {"output": {"message": {"content": [{"text": "A link with a signature."}]}}})

    def _answer(self, holds: Holds, answer: dict[str, object]) -> None:
        kind, _, token = self.headers.get("Authorization", "").partition(" ")
        # What the fields do not have, the client of Kubernetes demands.
        version = ("gitCommit", "gitTreeState", "buildDate", "goVersion", "compiler", "platform")
        is_right = kind == "Bearer" and holds(token)
        body = json.dumps(
            {**dict.fromkeys(version, ""), **answer} if is_right else {"message": "Unauthorized"}
        ).encode()
        self.send_response(200 if is_right else 401)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


API_VERSIONS, HANDSHAKE, AUTHENTICATE, METADATA = 18, 17, 36, 3
#: The requests of Kafka that are answered, and the latest version of each. Clients want the others to be known.
LATEST = {API_VERSIONS: 0, HANDSHAKE: 1, AUTHENTICATE: 0, METADATA: 1}
KNOWN = {**LATEST, 0: 7, 1: 11, 2: 1, 8: 2, 9: 1, 10: 0, 11: 0, 12: 0, 13: 0, 14: 0}
UNSUPPORTED_VERSION, SASL_AUTHENTICATION_FAILED = 35, 58


def _text(text: str) -> bytes:
    return struct.pack(">h", len(text)) + text.encode()


def _array(*elements: bytes) -> bytes:
    return struct.pack(">i", len(elements)) + b"".join(elements)


class Kafka(socketserver.StreamRequestHandler):
    """A broker with the topic `cats`, as far as a client must have a token to see it."""

    def handle(self) -> None:
        is_known = False
        while size := self.rfile.read(4):
            request = self.rfile.read(int.from_bytes(size, "big"))
            key, version, number, name = struct.unpack_from(">hhih", request)
            body = request[10 + max(name, 0) :]
            if key == AUTHENTICATE:
                is_known = self._has_token(body)
            # Without a token, a broker closes.
            if key == METADATA and not is_known:
                return
            answer = struct.pack(">i", number) + self._answer(key, version, is_known)
            self.wfile.write(struct.pack(">i", len(answer)) + answer)

    @staticmethod
    def _has_token(body: bytes) -> bool:
        start, end = b"n,,\x01auth=Bearer ", b"\x01\x01"
        sent = body[4:]
        return sent.startswith(start) and sent.endswith(end) and holds_for_kafka(sent[len(start) : -len(end)].decode())

    def _answer(self, key: int, version: int, is_known: bool) -> bytes:
        if key == API_VERSIONS:
            error = UNSUPPORTED_VERSION if version else 0
            return struct.pack(">h", error) + _array(*(struct.pack(">hhh", key, 0, KNOWN[key]) for key in KNOWN))
        if key == HANDSHAKE:
            return struct.pack(">h", 0) + _array(_text("OAUTHBEARER"))
        if key == AUTHENTICATE:
            return struct.pack(">hhi", 0 if is_known else SASL_AUTHENTICATION_FAILED, -1, 0)
        if key == METADATA:
            broker = struct.pack(">i", 1) + _text("localhost") + struct.pack(">ih", self.server.server_address[1], -1)  # type: ignore[index] # it has a port
            partition = struct.pack(">hii", 0, 0, 1) + _array(struct.pack(">i", 1)) * 2
            topic = struct.pack(">h", 0) + _text("cats") + b"\0" + _array(partition)
            return _array(broker) + struct.pack(">i", 1) + _array(topic)
        raise ValueError(f"request {key} is not answered")


def gateway(mosquitto: int) -> type[socketserver.StreamRequestHandler]:
    """What takes WebSockets, checks their URL as IoT does, and leads to mosquitto."""

    class Gateway(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            method, target, _ = self.rfile.readline().decode().split(" ", 2)
            headers = http.client.parse_headers(self.rfile)
            url = f"wss://localhost{target}"
            if method != "GET" or not target.startswith("/mqtt?") or not presigned.verify(url, KEYS):
                self.wfile.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
                return
            key = f"{headers['Sec-WebSocket-Key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
            accept = base64.b64encode(hashlib.sha1(key.encode(), usedforsecurity=False).digest()).decode()
            upgrade = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            named = f"Sec-WebSocket-Protocol: mqtt\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"
            self.wfile.write(f"{upgrade}{named}".encode())
            with socket.create_connection(("127.0.0.1", mosquitto)) as inner:
                back = threading.Thread(target=self._answer, args=(inner,), daemon=True)
                back.start()
                while (content := self._read_frame()) is not None:
                    inner.sendall(content)
                inner.shutdown(socket.SHUT_WR)
                back.join()

        def _read_frame(self) -> bytes | None:
            start = self.rfile.read(2)
            # The end, or a frame that closes.
            if len(start) < 2 or start[0] & 15 == 8:
                return None
            size = start[1] & 127
            if size > 125:
                size = int.from_bytes(self.rfile.read(2 if size == 126 else 8), "big")
            mask = self.rfile.read(4)
            return bytes(byte ^ mask[at % 4] for at, byte in enumerate(self.rfile.read(size)))

        def _answer(self, inner: socket.socket) -> None:
            with contextlib.suppress(OSError):
                # A frame of up to 125 bytes has its size in one.
                while read := inner.recv(125):
                    self.wfile.write(bytes([0x82, len(read)]) + read)

    return Gateway
