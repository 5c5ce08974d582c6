import json
import os
import signal
import socket
from dataclasses import dataclass
from pathlib import Path

from harness.eventually import eventually

home = Path(os.environ["SLIPWAY_HOME"])


@dataclass(frozen=True)
class PlatformProcess:
    name: str
    pid: int | None
    health: str
    restarts: int
    port: int
    log: str


def ask_supervisor(request: dict) -> list[PlatformProcess]:
    """One request on the control socket of the platform's supervisor: a line of JSON each way."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(90)
        # The folder is named by a descriptor, since a socket's path must be short.
        descriptor = os.open(home, os.O_RDONLY)
        try:
            connection.connect(f"/proc/self/fd/{descriptor}/supervisor.sock")
        finally:
            os.close(descriptor)
        connection.sendall(json.dumps(request).encode() + b"\n")
        reply = json.loads(connection.makefile().readline())
    assert reply["ok"], reply
    return [
        PlatformProcess(**{field: process[field] for field in PlatformProcess.__dataclass_fields__})
        for process in reply["processes"]
    ]


def platform_processes() -> dict[str, PlatformProcess]:
    return {process.name: process for process in ask_supervisor({"command": "status"})}


def kill_nine(name: str) -> int:
    """Ends a process of the platform as a crash would; returns the pid it had."""
    pid = platform_processes()[name].pid
    assert pid is not None, f"{name} does not run"
    os.kill(pid, signal.SIGKILL)
    return pid


def wait_until_replaced(name: str, old_pid: int, within_s: float = 60) -> None:
    def replaced() -> bool:
        process = platform_processes()[name]
        return process.pid not in (None, old_pid) and process.health == "ready"

    eventually(replaced, within_s, f"a new process {name} that is ready", every_s=0.2)


def wait_until_all_ready(within_s: float = 90) -> None:
    def unready() -> list[str]:
        return [process.name for process in platform_processes().values() if process.health != "ready"]

    eventually(lambda: not unready(), within_s, "every process of the platform is ready", every_s=0.2)
