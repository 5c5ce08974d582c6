"""User code that means harm, and a neighbour that must not notice."""

import asyncio
import ctypes
import os
import socket
import stat
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import modal

app = modal.App("intruder")

NEIGHBOUR_PORT = 7777
NEIGHBOUR_MARK = "neighbour-at-work"
CONNECT_WITHIN_S = 1.5


@app.cls(min_containers=1, max_containers=1, timeout=600)
@modal.concurrent(max_inputs=4)
class Neighbour:
    @modal.enter()
    def settle(self):
        Path(f"/tmp/{NEIGHBOUR_MARK}").write_text("private")
        subprocess.Popen(["sh", "-c", "while :; do sleep 1000; done", NEIGHBOUR_MARK])
        listener = socket.create_server(("0.0.0.0", NEIGHBOUR_PORT))
        threading.Thread(target=self.serve, args=(listener,), daemon=True).start()
        self.released = asyncio.Event()

    def serve(self, listener: socket.socket) -> None:
        while True:
            connection, _ = listener.accept()
            connection.sendall(b"private")
            connection.close()

    @modal.method()
    async def presence(self) -> dict:
        """Who and where it is; the same for as long as it is unharmed."""
        addresses = subprocess.run(["hostname", "-I"], capture_output=True, text=True).stdout.split()
        Path(f"/tmp/{NEIGHBOUR_MARK}").read_text()
        socket.create_connection(("127.0.0.1", NEIGHBOUR_PORT), 2).close()
        return {"task_id": os.environ["MODAL_TASK_ID"], "addresses": addresses}

    @modal.method()
    async def hold(self) -> str:
        print("holding", modal.current_input_id(), flush=True)
        self.input_id = modal.current_input_id()
        await self.released.wait()
        return "said by the neighbour"

    @modal.method()
    async def held(self) -> str | None:
        return getattr(self, "input_id", None)

    @modal.method()
    async def release(self) -> None:
        self.released.set()


def attack(timeout: int = 120, **settings):
    return app.function(max_containers=1, scaledown_window=2, timeout=timeout, **settings)


@attack()
def read_files(paths: list[str]) -> dict[str, str]:
    """What could be read of `paths`, as they are and through every process that can be seen."""
    roots = ["", *(f"/proc/{name}/root" for name in os.listdir("/proc") if name.isdigit()), "/../../../.."]
    taken = {}
    for path in (root + path for root in roots for path in paths):
        try:
            taken[path] = Path(path).read_text()
        except OSError:
            pass
    return taken


@attack()
def look_around() -> dict[str, list[str]]:
    processes = []
    for name in os.listdir("/proc"):
        try:
            processes.append(Path(f"/proc/{name}/cmdline").read_text().replace("\0", " "))
        except OSError:
            pass
    found = [
        os.path.join(folder, name)
        for folder, _, names in os.walk("/")
        if not folder.startswith(("/proc", "/sys"))
        for name in names
        if NEIGHBOUR_MARK in name or name.endswith(".sock")
    ]
    return {
        "processes": processes,
        "files": found,
        "environment": [f"{name}={value}" for name, value in os.environ.items()],
    }


@attack()
def connect_to(targets: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The targets that took a connection."""

    def takes(target: tuple[str, int]) -> bool:
        try:
            socket.create_connection(tuple(target), CONNECT_WITHIN_S).close()
            return True
        except OSError:
            return False

    with ThreadPoolExecutor(64) as pool:
        return [target for target, taken in zip(targets, pool.map(takes, targets)) if taken]


@attack()
def answer_for(input_id: str, task_claims: list[str]) -> list[str]:
    """Tries to put an output for another container's input, under each claim of who asks; gives what was answered."""
    from modal._serialization import serialize
    from modal.client import _Client
    from modal_proto import api_pb2

    async def claim(text: str) -> str:
        client = await _Client.from_env()
        item = api_pb2.FunctionPutOutputsItem(
            input_id=input_id,
            data_format=api_pb2.DATA_FORMAT_PICKLE,
            result=api_pb2.GenericResult(
                status=api_pb2.GenericResult.GENERIC_STATUS_SUCCESS, data=serialize("said by the intruder")
            ),
        )
        metadata = [("x-slipway-task", text), ("x-slipway-internal-key", "guessed"), ("x-modal-task-id", text)]
        try:
            await client._stub.FunctionPutOutputs(
                api_pb2.FunctionPutOutputsRequest(outputs=[item]), metadata=metadata, timeout=10
            )
            return "accepted"
        except Exception as refusal:
            return f"{type(refusal).__name__}: {refusal}"

    async def all_claims() -> list[str]:
        return [await claim(text) for text in task_claims]

    return asyncio.run(all_claims())


@attack(timeout=400)
def fork_without_end(most: int) -> int:
    """How many processes it had when the next was refused."""
    children = []
    try:
        for _ in range(most):
            child = os.fork()
            if child == 0:
                threading.Event().wait()
            children.append(child)
    except OSError:
        pass
    return len(children)


@attack(memory=(128, 512))
def fill_memory() -> None:
    hoard = []
    while True:
        hoard.append(os.urandom(1024) * 16 * 1024)


@attack(ephemeral_disk=512)
def fill_disk(most_mib: int) -> int:
    """How many MiB fitted."""
    written = 0
    try:
        with open("/root/hoard", "wb") as hoard:
            for _ in range(most_mib):
                hoard.write(bytes(1024 * 1024))
                hoard.flush()
                written += 1
    except OSError:
        pass
    return written


@attack(ephemeral_disk=512)
def fill_inodes(most: int) -> int:
    """How many empty files fitted."""
    os.makedirs("/root/many")
    made = 0
    try:
        for made in range(most):
            open(f"/root/many/{made}", "w").close()
    except OSError:
        pass
    return made


@attack()
def trace(pids: list[int]) -> list[int]:
    """The processes that let themselves be traced or killed."""
    library = ctypes.CDLL(None, use_errno=True)
    attach = 16
    own = {int(name) for name in os.listdir("/proc") if name.isdigit()}
    taken = []
    for pid in (pid for pid in pids if pid not in own):
        if library.ptrace(attach, pid, None, None) == 0:
            taken.append(pid)
        try:
            os.kill(pid, 0)
            taken.append(pid)
        except OSError:
            pass
    return taken


@attack()
def open_devices(numbers: list[tuple[int, int]]) -> list[str]:
    """What could be opened: the host's block devices by number, and the memory of the kernel by name."""
    opened = []
    for major, minor in numbers:
        path = f"/tmp/device-{major}-{minor}"
        try:
            os.mknod(path, stat.S_IFBLK | 0o600, os.makedev(major, minor))
            os.close(os.open(path, os.O_RDONLY))
            opened.append(path)
        except OSError:
            pass
    for path in ("/dev/mem", "/dev/kmem", "/dev/kmsg", "/dev/port", "/proc/kcore"):
        try:
            os.close(os.open(path, os.O_RDONLY))
            opened.append(path)
        except OSError:
            pass
    return opened
