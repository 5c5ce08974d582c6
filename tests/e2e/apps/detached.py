"""A function that works until it is told that it may end."""

import time

import modal

app = modal.App("detached")


@app.function()
def work_until(word: str) -> str:
    told = modal.Dict.from_name("detached-told")
    while word not in told:
        time.sleep(0.2)
    return word


@app.local_entrypoint()
def main(word: str):
    print("app id:", app.app_id)
    print("done:", work_until.remote(word))
