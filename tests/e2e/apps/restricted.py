"""Functions that may not speak to the platform, beside one that may."""

import os

import modal
import modal.experimental

app = modal.App("restricted")
shared = modal.Volume.from_name("e2e-restricted", create_if_missing=True)


def try_dict(name: str) -> str:
    try:
        modal.Dict.from_name(name, create_if_missing=True).put("key", "value")
    except Exception as error:
        return str(error)
    return "reached"


@app.function()
def reach(name: str) -> str:
    return try_dict(name)


@app.function(restrict_modal_access=True)
def reach_restricted(name: str) -> str:
    return try_dict(name)


@app.function(restrict_modal_access=True)
def work(data: bytes) -> bytes:
    print("works all the same")
    return data


@app.function(restrict_modal_access=True)
def count(to: int):
    yield from range(to)


@app.function(restrict_modal_access=True, volumes={"/data": shared})
def write(text: str) -> None:
    with open("/data/text", "w") as file:
        file.write(text)
    shared.commit()


@app.function(restrict_modal_access=True, max_containers=1)
def retire() -> str:
    """Names its container, which takes no further input."""
    modal.experimental.stop_fetching_inputs()
    return os.environ["MODAL_TASK_ID"]
