"""Web endpoints for what a gateway does: names, streams, failures."""

import os
import time

import modal

image = modal.Image.debian_slim().pip_install("fastapi==0.115.6")
app = modal.App("e2e-web", image=image)


@app.function()
@modal.concurrent(max_inputs=1000)
@modal.asgi_app()
def shop():
    import asyncio

    from fastapi import FastAPI, Request, Response, WebSocket
    from fastapi.responses import StreamingResponse

    api = FastAPI()
    left: list[str] = []

    @api.get("/")
    def home():
        return {"version": os.environ.get("SHOP_VERSION", "1"), "task": os.environ["MODAL_TASK_ID"]}

    @api.api_route("/echo", methods=["GET", "POST", "PUT", "DELETE", "PATCH"])
    async def echo(request: Request):
        size = 0
        async for chunk in request.stream():
            size += len(chunk)
        return {"method": request.method, "query": str(request.query_params), "size": size, "headers": dict(request.headers)}

    @api.get("/ticks")
    def ticks(count: int = 3, every_s: float = 0.3):
        async def tick():
            for number in range(count):
                yield f"data: {number}\n\n"
                await asyncio.sleep(every_s)

        return StreamingResponse(tick(), media_type="text/event-stream")

    @api.get("/endless")
    def endless(name: str):
        async def flow():
            try:
                while True:
                    yield "x" * 1024
                    await asyncio.sleep(0.05)
            finally:
                left.append(name)

        return StreamingResponse(flow())

    @api.get("/left")
    def who_left():
        return left

    @api.get("/cookies")
    def cookies(response: Response):
        response.set_cookie("a", "1")
        response.set_cookie("b", "2")
        return {}

    @api.get("/bytes")
    def some_bytes(mib: int):
        return StreamingResponse(iter([b"\0" * 1024 * 1024] * mib), media_type="application/octet-stream")

    @api.get("/die")
    def die():
        os._exit(3)

    @api.websocket("/socket")
    async def socket(it: WebSocket):
        await it.accept()
        while True:
            await it.send_text((await it.receive_text()).upper())

    return api


@app.function(timeout=4, startup_timeout=120)
@modal.fastapi_endpoint()
def hurried():
    time.sleep(60)


@app.function()
@modal.fastapi_endpoint(label="e2e-chosen-name")
def named():
    return "named"


@app.function()
@modal.asgi_app()
def broken():
    raise ValueError("this app cannot be made")


@app.cls()
class Counter:
    @modal.enter()
    def begin(self):
        self.count = 0

    @modal.fastapi_endpoint()
    def one(self):
        self.count += 1
        return self.count

    @modal.fastapi_endpoint()
    def other(self):
        return "other"


@app.cls()
class Model:
    name: str = modal.parameter()
    size: int = modal.parameter(default=7)

    @modal.fastapi_endpoint()
    def describe(self, lang: str = "en"):
        return {"name": self.name, "size": self.size, "lang": lang, "task": os.environ["MODAL_TASK_ID"]}

    @modal.method()
    def where(self):
        return os.environ["MODAL_TASK_ID"]
