"""A deployed endpoint whose requests stay inside until the test lets them go, and that counts who is inside."""

import os

import modal

image = modal.Image.debian_slim().pip_install("fastapi==0.115.6")
app = modal.App("e2e-web-rolling", image=image)
# `inside/WAVE/TASK`: how many requests of a wave a container holds, by method; `open/WAVE`: they may go.
board = modal.Dict.from_name("e2e-web-rolling-board", create_if_missing=True)


@app.function(
    timeout=600,
    cpu=float(os.environ.get("ROLLING_CPU", "0.1")),
    max_containers=4,
    env={"ROLLING_VERSION": os.environ.get("ROLLING_VERSION", "1")},
)
@modal.concurrent(max_inputs=300)
@modal.asgi_app()
def rolling():
    import asyncio
    from collections import Counter, defaultdict

    from fastapi import FastAPI, Request

    api = FastAPI()
    task = os.environ["MODAL_TASK_ID"]
    inside: defaultdict[str, Counter[str]] = defaultdict(Counter)
    waves: dict[str, asyncio.Task] = {}

    async def until_open(wave: str) -> None:
        told: dict[str, int] = {}
        while not await board.get.aio(f"open/{wave}"):
            if told != inside[wave]:
                told = dict(inside[wave])
                await board.put.aio(f"inside/{wave}/{task}", told)
            await asyncio.sleep(0.2)

    @api.get("/")
    async def root():
        return {"version": os.environ["ROLLING_VERSION"], "task": task}

    @api.api_route("/held/{wave}", methods=["GET", "POST"])
    async def held(wave: str, request: Request):
        inside[wave][request.method] += 1
        if wave not in waves:
            waves[wave] = asyncio.create_task(until_open(wave))
        await asyncio.shield(waves[wave])
        return {"version": os.environ["ROLLING_VERSION"], "task": task}

    return api
