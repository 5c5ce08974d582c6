"""An image whose Python is not its own: `add_python` puts one over it."""

import sys
from pathlib import Path

import modal

image = modal.Image.from_registry("python:3.11-slim-bookworm", add_python="3.11")
app = modal.App("added-python", image=image)


@app.function()
def look() -> tuple[str, str]:
    return sys.prefix, Path(sys.prefix, "share/said").read_text()


@app.local_entrypoint()
def main():
    prefix, said = look.remote()
    print("prefix:", prefix)
    print("said:", said)
