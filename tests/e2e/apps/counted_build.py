"""Its image says what it was built at; the same image again means that no step ran again."""

import os
import sys
from pathlib import Path

import modal

tag = os.environ.get("E2E_TAG", "")
image = modal.Image.debian_slim().run_commands(f"echo a step runs; sleep 1; date +%s%N > /built-at; : {tag}", force_build="--force" in sys.argv)
app = modal.App("counted-build", image=image)


@app.function()
def built_at() -> str:
    return Path("/built-at").read_text().strip()


@app.local_entrypoint()
def main(force: bool = False):
    print("built at", built_at.remote())
