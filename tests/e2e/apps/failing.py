"""One function for each way to fail."""

import os
import threading

import modal

app = modal.App("failing")


class LowOnTea(Exception):
    def __init__(self, cups: int):
        super().__init__(cups)
        self.cups = cups


def pour(cups: int) -> None:
    raise LowOnTea(cups)


@app.function()
def serve(cups: int) -> None:
    pour(cups)


@app.function()
def mutter() -> None:
    raise ValueError("tea\0 and cake")


@app.function()
def lament(characters: int) -> None:
    raise ValueError("x" * characters)


@app.function()
def leave(code: int) -> None:
    os._exit(code)


@app.function(memory=(128, 256))
def devour() -> int:
    hoard = bytearray()
    while True:
        hoard.extend(b"x" * 16 * 1024 * 1024)


@app.function()
def give_a_lock():
    return threading.Lock()


@app.function(ephemeral_disk=512)
def flood() -> None:
    """Crashes on its full disk, as a program does that cannot write any more."""
    try:
        with open("/root/flood", "wb", buffering=0) as file:
            while True:
                file.write(bytes(1024 * 1024))
    except OSError:
        os._exit(1)
