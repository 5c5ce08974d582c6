"""A mirror of python-build-standalone on this machine, where the platform of the tests looks for it."""

import hashlib
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

from harness.supervisor import platform_processes


def mirror_port() -> int | None:
    """Where the platform takes its Pythons, if that is on this machine."""
    pid = platform_processes()["image-builder"].pid
    told = re.search(r"IMAGE_BUILDER_PYTHON_BUILDS=http://127\.0\.0\.1:(\d+)\0", Path(f"/proc/{pid}/environ").read_text())
    return told and int(told[1])


@contextmanager
def python_builds(archives: dict[str, bytes]) -> Iterator[None]:
    """Serves these archives, named `<release>/<archive>`, and the list of digests of each release."""
    served = dict(archives)
    for release in {name.split("/")[0] for name in archives}:
        lines = [
            f"{hashlib.sha256(content).hexdigest()}  {name.split('/')[1]}\n"
            for name, content in archives.items()
            if name.startswith(f"{release}/")
        ]
        served[f"{release}/SHA256SUMS"] = "".join(lines).encode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content = served.get(unquote(self.path).lstrip("/"))
            self.send_response(404 if content is None else 200)
            self.end_headers()
            self.wfile.write(content or b"")

        def log_message(self, *_: object) -> None:
            """Nothing: the tests say what they saw."""

    port = mirror_port()
    assert port is not None
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
