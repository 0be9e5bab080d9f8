"""What an editor offers while a call is being typed: pyright's language server answers as Pylance would."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import presigned

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = 'import presigned\ns3 = presigned.client("s3")\n'


class Editor:
    """The little of the language server protocol that completion needs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.requests = 0
        command = [sys.executable, "-m", "pyright.langserver", "--stdio"]
        self.server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        root = folder.as_uri()
        folders = [{"uri": root, "name": "typed"}]
        self.ask("initialize", {"processId": None, "rootUri": root, "workspaceFolders": folders, "capabilities": {}})
        self.send({"method": "initialized", "params": {}})

    def completions(self, line: str) -> list[str]:
        """What is offered at the | of a line."""
        text = HEAD + line.replace("|", "", 1) + "\n"
        file = self.folder / f"case{self.requests}.py"
        file.write_text(text)
        document = {"uri": file.as_uri(), "languageId": "python", "version": 1, "text": text}
        self.send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        position = {"line": HEAD.count("\n"), "character": line.index("|")}
        answer = self.ask("textDocument/completion", {"textDocument": {"uri": file.as_uri()}, "position": position})
        return [item["label"].strip('"') for item in answer["items"]] if answer else []

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        """Sends a request and returns its result."""
        self.requests += 1
        self.send({"id": self.requests, "method": method, "params": params})
        while True:
            message = self.receive()
            if "method" not in message and message["id"] == self.requests:
                return message["result"]
            if "id" in message:  # a question of the server's, about settings that it need not have
                self.send({"id": message["id"], "result": [{} for _ in message["params"].get("items", [])]})

    def send(self, message: dict[str, Any]) -> None:
        """Writes one message."""
        assert self.server.stdin
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.server.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(body), body))
        self.server.stdin.flush()

    def receive(self) -> Any:
        """Reads one message."""
        assert self.server.stdout
        length = 0
        while (header := self.server.stdout.readline().strip()) != b"":
            if header.lower().startswith(b"content-length:"):
                length = int(header.split(b":")[1])
        assert length, "the language server has ended"
        return json.loads(self.server.stdout.read(length))

    def close(self) -> None:
        """Ends the server."""
        self.server.kill()
        self.server.communicate()


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    folder = tmp_path_factory.mktemp("editor")
    (folder / "pyrightconfig.json").write_text(
        json.dumps({"extraPaths": [str(Path(presigned.__file__).parent.parent)]})
    )
    editor = Editor(folder)
    yield editor
    editor.close()


@pytest.mark.parametrize(
    ("line", "offered", "not_offered"),
    [
        ('s3.generate_presigned_url("|")', {"get_object", "list_objects_v2"}, {"Bucket"}),
        ('s3.generate_presigned_url("get_object", {"|"})', {"Bucket", "VersionId"}, {"UploadId"}),
        ('s3.generate_presigned_url("upload_part", {"|"})', {"Bucket", "UploadId"}, {"VersionId"}),
        ('s3.generate_presigned_url("upload_part", {"|": ""})', {"Bucket", "UploadId"}, {"VersionId"}),
        ('s3.generate_presigned_url("upload_part", {"Bucket": "b", "|"})', {"Key", "UploadId"}, {"Bucket"}),
        ('s3.presign("|")', {"get_object", "list_objects_v2"}, {"Bucket"}),
        ('s3.presign("upload_part", {"Bucket": "b", "|"})', {"Key", "UploadId"}, {"Bucket", "VersionId"}),
        ('s3.generate_presigned_url(ClientMethod="get_object", Params={"|"})', {"Key"}, {"UploadId"}),
        ('s3.generate_presigned_url("put_object", {"Bucket": "b", "Key": "k", "ACL": "|"})', {"public-read"}, set()),
    ],
)
def test_an_editor_completes(editor: Editor, line: str, offered: set[str], not_offered: set[str]) -> None:
    completions = set(editor.completions(line))
    assert offered <= completions
    assert not not_offered & completions
