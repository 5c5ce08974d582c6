"""
Its image says what it was built at; the same image again means that no step ran again. With E2E_GATE its step waits until
somebody connects to the address that it says. With E2E_SECRET its step reads that from a secret without a name.
"""

import os
import sys
from pathlib import Path

import modal

WAIT = (
    "import socket; gate = socket.create_server(('', 0)); gate.settimeout(200); "
    # Nothing is sent there: it tells the container's own address.
    "outward = socket.socket(type=socket.SOCK_DGRAM); outward.connect(('192.0.2.1', 9)); "
    "print('the step waits at', outward.getsockname()[0], gate.getsockname()[1], flush=True); "
    # Until who opened it has closed: a step that ends first may break off a connection that is not made yet.
    "gate.accept()[0].recv(1)"
)
tag = os.environ.get("E2E_TAG", "")
wait = f'python -c "{WAIT}" && ' if "E2E_GATE" in os.environ else ""
held = os.environ.get("E2E_SECRET")
image = modal.Image.debian_slim().run_commands(
    f'echo a step runs; {wait}date +%s%N > /built-at; echo "$HELD" > /held; : {tag}',
    secrets=[] if held is None else [modal.Secret.from_dict({"HELD": held})],
    force_build="--force" in sys.argv,
)
app = modal.App("counted-build", image=image)


@app.function()
def built_at() -> str:
    return Path("/built-at").read_text().strip()


@app.function()
def held_at_build() -> str:
    return Path("/held").read_text().strip()


@app.local_entrypoint()
def main(force: bool = False):
    print("built at", built_at.remote())
    print("held", held_at_build.remote())
