"""A second gateway of the running platform, with settings of its own."""

import os
import socket
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Iterator

from harness.eventually import eventually
from harness.supervisor import platform_processes


@dataclass(frozen=True)
class Gateway:
    port: int
    tls_port: int


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


def accepts(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
        return True
    except OSError:
        return False


@contextmanager
def another_gateway(log: Path, **settings: str) -> Iterator[Gateway]:
    """The first gateway's program and settings, with these in their place, on ports of its own."""
    first = Path("/proc") / str(platform_processes()["gateway"].pid)
    environment = dict(
        entry.split("=", 1) for entry in (first / "environ").read_text().split("\0") if "=" in entry
    )
    # The socket that the supervisor holds is the first gateway's.
    environment.pop("LISTEN_FDS", None)
    gateway = Gateway(free_port(), free_port())
    environment |= {
        "GATEWAY_PORT": str(gateway.port),
        "GATEWAY_TLS_PORT": str(gateway.tls_port),
        "GATEWAY_PUBLIC_URL": f"http://127.0.0.1:{gateway.port}",
        "SLIPWAY_HEALTH_PORT": str(free_port()),
        **settings,
    }
    program = [word for word in (first / "cmdline").read_text().split("\0") if word]
    with log.open("w") as output:
        process = subprocess.Popen(program, env=environment, cwd=os.readlink(first / "cwd"), stdout=output, stderr=output)
    try:
        eventually(lambda: accepts(gateway.tls_port) or process.poll() is not None, 60, "the second gateway listens")
        assert process.poll() is None, log.read_text()
        yield gateway
    finally:
        process.terminate()
        process.wait(30)
