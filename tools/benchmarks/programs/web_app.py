"""A FastAPI app as a user would write it: a no-op, an echo, bodies. Its plain form is what the baseline serves."""

import modal

app = modal.App("slipway-bench-web", image=modal.Image.debian_slim().pip_install("fastapi==0.115.6", "uvicorn[standard]==0.32.1"))


def make_api():
    from fastapi import FastAPI, Request, WebSocket, WebSocketDisconnect
    from fastapi.responses import StreamingResponse

    api = FastAPI()

    @api.get("/")
    async def noop():
        return {}

    @api.post("/echo")
    async def echo(request: Request):
        return await request.json()

    @api.post("/size")
    async def size(request: Request):
        total = 0
        async for chunk in request.stream():
            total += len(chunk)
        return total

    @api.get("/stream")
    def stream():
        return StreamingResponse(iter([bytes(1024 * 1024)] * 10), media_type="application/octet-stream")

    @api.websocket("/socket")
    async def socket(socket: WebSocket):
        await socket.accept()
        try:
            while True:
                await socket.send_text(await socket.receive_text())
        except WebSocketDisconnect:
            pass

    return api


@app.function(min_containers=1, max_containers=1, scaledown_window=1200)
@modal.concurrent(max_inputs=1200)
@modal.asgi_app()
def noop():
    return make_api()
