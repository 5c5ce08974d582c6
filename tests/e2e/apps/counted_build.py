"""Its image says what it was built at; the same image again means that no step ran again."""

import sys
from pathlib import Path

import modal

image = modal.Image.debian_slim().run_commands("date +%s%N > /built-at", force_build="--force" in sys.argv)
app = modal.App("counted-build", image=image)


@app.function()
def built_at() -> str:
    return Path("/built-at").read_text().strip()


@app.local_entrypoint()
def main(force: bool = False):
    print("built at", built_at.remote())
