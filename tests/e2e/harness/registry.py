"""A container registry on this machine: the OCI distribution protocol, as far as pulling goes, with a login or without."""

import base64
import gzip
import hashlib
import io
import json
import platform
import tarfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"


def digest_of(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def layer_of(files: dict[str, str]) -> bytes:
    """A layer, still a plain tar, with these texts at these paths."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        for path, text in files.items():
            entry = tarfile.TarInfo(path)
            entry.size = len(text.encode())
            tar.addfile(entry, io.BytesIO(text.encode()))
    return packed.getvalue()


@dataclass
class Registry:
    host: str
    login: tuple[str, str] | None = None
    blobs: dict[str, bytes] = field(default_factory=dict)
    manifests: dict[str, bytes] = field(default_factory=dict)
    pulls: list[str] = field(default_factory=list)

    def push(self, reference: str, layers: list[bytes], environment: list[str]) -> str:
        """`repository:tag` becomes an image of plain tars; the reference that a client pulls it by."""
        packed = [gzip.compress(layer, 1) for layer in layers]
        config = {
            "architecture": {"aarch64": "arm64"}.get(platform.machine(), "amd64"),
            "os": "linux",
            "config": {"Env": environment, "WorkingDir": "/srv"},
            "rootfs": {"type": "layers", "diff_ids": [digest_of(layer) for layer in layers]},
        }
        manifest = {
            "schemaVersion": 2,
            "mediaType": MANIFEST,
            "config": self.keep(CONFIG, json.dumps(config).encode()),
            "layers": [self.keep(LAYER, layer) for layer in packed],
        }
        repository, tag = reference.rsplit(":", 1)
        self.manifests[f"/v2/{repository}/manifests/{tag}"] = json.dumps(manifest).encode()
        return f"{self.host}/{reference}"

    def keep(self, media_type: str, content: bytes) -> dict:
        digest = digest_of(content)
        self.blobs[digest] = content
        return {"mediaType": media_type, "digest": digest, "size": len(content)}

    def admits(self, authorization: str | None) -> bool:
        if self.login is None:
            return True
        return authorization == f"Basic {base64.b64encode(':'.join(self.login).encode()).decode()}"

    def answer(self, path: str) -> tuple[int, str, bytes]:
        if path == "/v2/":
            return 200, "application/json", b"{}"
        if path in self.manifests:
            self.pulls.append(path)
            return 200, MANIFEST, self.manifests[path]
        if "/blobs/" in path and (blob := self.blobs.get(path.rsplit("/", 1)[1])) is not None:
            return 200, "application/octet-stream", blob
        return 404, "application/json", b'{"errors":[{"code":"MANIFEST_UNKNOWN"}]}'


@contextmanager
def registry(login: tuple[str, str] | None = None) -> Iterator[Registry]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            status, kind, content = (
                served.answer(self.path) if served.admits(self.headers.get("authorization")) else (401, "text/plain", b"log in")
            )
            self.send_response(status)
            if status == 401:
                self.send_header("www-authenticate", 'Basic realm="a registry"')
            self.send_header("content-type", kind)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Nothing: the tests say what they saw."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Registry(f"127.0.0.1:{server.server_port}", login)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
