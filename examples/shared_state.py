"""A queue of work between functions, a dict that all of them see, and a secret that only containers are told."""

import os

import modal

app = modal.App("shared-state")


@app.function(secrets=[modal.Secret.from_dict({"GREETING": "hello"})])
def greet(names: modal.Queue, greeted: modal.Dict) -> int:
    count = 0
    while (name := names.get(block=False)) is not None:
        greeted[name] = f"{os.environ['GREETING']} {name}"
        count += 1
    return count


@app.local_entrypoint()
def main():
    with modal.Queue.ephemeral() as names, modal.Dict.ephemeral() as greeted:
        names.put_many(["ada", "grace", "katherine", "margaret"])
        counts = list(greet.starmap([(names, greeted)] * 2))
        print("greeted:", sum(counts))
        print(greeted["ada"])
