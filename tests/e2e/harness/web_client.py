import http.client
import json
import os
from dataclasses import dataclass
from urllib.parse import urlsplit

server = urlsplit(os.environ["MODAL_SERVER_URL"])


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self):
        return json.loads(self.body)


def host_of(url: str) -> str:
    return urlsplit(url).netloc


def open_request(url: str, method: str = "GET", body=None, headers: dict[str, str] | None = None, within_s: float = 120):
    """A request to a web endpoint, and its answer still to be read. Names under localhost need no resolver: the gateway's address is asked."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(server.hostname, server.port, timeout=within_s)
    path = parts.path or "/"
    connection.request(
        method,
        f"{path}?{parts.query}" if parts.query else path,
        body=body,
        headers={"host": parts.netloc, **(headers or {})},
    )
    return connection, connection.getresponse()


def fetch(url: str, method: str = "GET", body=None, headers: dict[str, str] | None = None, within_s: float = 120) -> Answer:
    connection, answer = open_request(url, method, body, headers, within_s)
    try:
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(answer.status, named, answer.read())
    finally:
        connection.close()
