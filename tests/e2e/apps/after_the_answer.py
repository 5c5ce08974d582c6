"""Functions that go on working after they have answered."""

import os
import socket
import threading
import time

import modal

app = modal.App("e2e-after-the-answer")

TIDY_S = 8
Address = tuple[str, int]


def make_gate() -> tuple[socket.socket, Address]:
    """A gate, and where it is opened from outside, by connecting: also in a container that leaves, whose client may be gone."""
    gate = socket.create_server(("", 0))
    with socket.socket(type=socket.SOCK_DGRAM) as outward:
        # Nothing is sent there: it tells the container's own address.
        outward.connect(("192.0.2.1", 9))
        return gate, (outward.getsockname()[0], gate.getsockname()[1])


def work_until_opened(gate: socket.socket) -> None:
    # Until who opened it has closed: else the end of the work may break off a connection that is not made yet.
    gate.accept()[0].recv(1)
    print(f"the work in {os.environ['MODAL_TASK_ID']} is done", flush=True)


@app.function(scaledown_window=2, max_containers=1, timeout=300)
def answer_and_work(_: int) -> tuple[str, Address]:
    """Its container, and what ends the work that goes on there."""
    gate, address = make_gate()
    threading.Thread(target=work_until_opened, args=(gate,)).start()
    return os.environ["MODAL_TASK_ID"], address


@app.cls(scaledown_window=2, max_containers=1)
class Careful:
    @modal.method()
    def answer(self) -> str:
        return os.environ["MODAL_TASK_ID"]

    @modal.exit()
    def tidy(self) -> None:
        time.sleep(TIDY_S)
        print("all is tidy")
