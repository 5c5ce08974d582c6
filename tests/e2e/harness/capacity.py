"""What tests of the capacity planner share: the command line's answers, and demand that finds no room."""

import json
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import Iterator

import modal

from harness.eventually import eventually
from harness.platform_api import get

checkout = Path(__file__).parent.parent.parent.parent

app = modal.App("e2e-capacity")


# No machine of this site has one, so its calls wait for a host that would have to be bought.
@app.function(gpu="B200:8", region="us", serialized=True, experimental_options={"slipway_class": "interactive"})
def wants_what_nobody_has() -> str:
    return "ran"


def slipway(*words: str) -> subprocess.CompletedProcess:
    return subprocess.run([checkout / "tools/slipway", *words], capture_output=True, text=True, timeout=180)


def told(*words: str) -> dict:
    """What a command answers with `--json`."""
    done = slipway(*words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def lacking() -> list[dict]:
    return [group for group in get("/v1/capacity/demand")["items"] if group["wanted"]["lacking"] > 0]


@contextmanager
def waiting_group() -> Iterator[dict]:
    """The demand group of three calls that wait for a host meanwhile."""
    with app.run():
        calls = [wants_what_nobody_has.spawn() for _ in range(3)]
        seen = eventually(
            lambda: [one for one in lacking() if "B200" in one["gpuTypes"] and one["wanted"]["lacking"] >= 3],
            30,
            "the lack of room is told",
        )
        yield seen[0]
        for call in calls:
            call.cancel()


def plan_vendor(plan_id: str) -> str:
    """The vendor of the first offer that a plan starts."""
    offers = get(f"/v1/capacity/plans/{plan_id}")["offers"]
    return next(offer["offerId"] for offer in offers if offer["starts"][0] > 0).split("/")[0]
