"""A deployed endpoint that many requests are inside of while it is deployed anew."""

import os

import modal

image = modal.Image.debian_slim().pip_install("fastapi==0.115.6")
app = modal.App("e2e-web-rolling", image=image)


@app.function(timeout=120, env={"ROLLING_VERSION": os.environ.get("ROLLING_VERSION", "1")})
@modal.concurrent(max_inputs=2000)
@modal.asgi_app()
def rolling():
    import asyncio

    from fastapi import FastAPI

    api = FastAPI()

    @api.get("/")
    async def root(seconds: float = 0):
        await asyncio.sleep(seconds)
        return {"version": os.environ["ROLLING_VERSION"]}

    return api
