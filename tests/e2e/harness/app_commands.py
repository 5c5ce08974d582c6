"""`modal app`, as tests ask it."""

import json

from harness.client_program import modal_cli


def app_json(*words: str):
    done = modal_cli("app", *words, "--json")
    assert done.code == 0, done.output
    return json.loads(done.output)


def app_fails(*words: str, saying: str) -> None:
    done = modal_cli("app", *words)
    assert done.code != 0, done.output
    assert saying in done.output
    assert "Traceback" not in done.output
