"""Real GPUs in containers. A machine without one skips this file, and says so."""

import shutil
import subprocess

import pytest
from on_gpu import app, on_none, on_one

from harness.eventually import eventually
from harness.platform_api import ask


def gpus_of_this_machine() -> list[str]:
    """The ids of the GPUs whose driver answers."""
    if shutil.which("nvidia-smi") is None:
        return []
    query = ["nvidia-smi", "--query-gpu=uuid", "--format=csv,noheader"]
    return [line for line in subprocess.run(query, capture_output=True, text=True).stdout.split() if line.startswith("GPU-")]


pytestmark = pytest.mark.skipif(not gpus_of_this_machine(), reason="no GPU here whose driver answers")


@pytest.fixture(scope="module", autouse=True)
def gpu_app(running):
    return running(app)


def test_a_function_sees_one_gpu_and_computes_on_it():
    seen = on_one.remote()
    assert len(seen["gpus"]) == 1, seen
    assert seen["gpus"][0]["right"] == seen["gpus"][0]["of"], seen
    assert sum(uuid in seen["listed"] for uuid in gpus_of_this_machine()) == 1, seen["listed"]


def test_a_function_that_asks_for_none_sees_none():
    seen = on_none.remote()
    assert seen["nodes"] == [] and seen["gpus"] == [] and seen["listed"] == ""


def test_the_time_on_a_gpu_is_metered():
    container = on_one.remote()["container"]

    def gpu_time() -> int:
        status, document = ask("GET", f"/v1/billing/containers/{container}/usage")
        facts = document["items"] if status == 200 else []
        return sum(gpu["deviceNs"] for fact in facts for gpu in fact["gpus"] if not gpu["simulated"])

    eventually(gpu_time, 60, "a fact with the time on the GPU", every_s=0.5)
