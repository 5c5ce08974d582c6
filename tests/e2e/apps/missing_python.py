"""Wants a Python that no mirror of the tests has."""

import modal

app = modal.App("missing-python", image=modal.Image.from_registry("python:3.11-slim-bookworm", add_python="3.12"))


@app.function()
def never() -> None:
    pass


@app.local_entrypoint()
def main():
    never.remote()
