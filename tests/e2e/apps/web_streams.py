"""One app behind each way into a container: the lane, the client's own bridge, and a server at its port."""

import os

import modal

image = modal.Image.debian_slim().pip_install("fastapi==0.115.6", "uvicorn==0.34.0", "websockets==14.1")
# Two files of tests have one, side by side: each process a name of its own.
app = modal.App(f"e2e-web-streams-{os.getpid()}", image=image)

IDLE_S = 2


def streams():
    """Takes and gives bodies of any size, and counts what has gone through its hands."""
    import asyncio
    import resource

    from fastapi import FastAPI, Request, WebSocket
    from fastapi.responses import StreamingResponse
    from starlette.background import BackgroundTask

    api = FastAPI()
    taken: dict[str, int] = {}
    given: dict[str, int] = {}
    left: list[str] = []
    gates: dict[str, asyncio.Event] = {}
    megabyte = b"\0" * 1024 * 1024

    def gate(name: str) -> asyncio.Event:
        return gates.setdefault(name, asyncio.Event())

    @api.post("/take")
    async def take(request: Request, name: str = "", held: bool = False):
        """Counts the bytes of its body; `held` ones only once they may come."""
        taken[name] = 0
        if held:
            await gate(name).wait()
        async for chunk in request.stream():
            taken[name] += len(chunk)
        return {"bytes": taken[name], "peak_kib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}

    @api.get("/give")
    async def give(mib: int, name: str = ""):
        async def parts():
            given[name] = 0
            try:
                for _ in range(mib):
                    yield megabyte
                    given[name] += len(megabyte)
                    # Where nothing blocks, a hang-up is heard only here.
                    await asyncio.sleep(0)
            finally:
                if given[name] < mib * len(megabyte):
                    left.append(name)

        return StreamingResponse(parts(), media_type="application/octet-stream")

    @api.post("/open")
    async def open_gate(name: str):
        gate(name).set()

    async def converse(scope, receive, send):
        """Answers each part of the body before the next has come."""
        await send({"type": "http.response.start", "status": 200, "headers": []})
        while (message := await receive())["type"] == "http.request":
            more = message.get("more_body", False)
            await send({"type": "http.response.body", "body": message.get("body", b"").upper(), "more_body": more})
            if not more:
                return

    api.mount("/converse", converse)

    @api.get("/wait")
    async def wait(name: str, seconds: float):
        try:
            await asyncio.sleep(seconds)
        except asyncio.CancelledError:
            left.append(name)
            raise
        return {"waited": seconds}

    @api.get("/cookie")
    def cookie(request: Request):
        return {"cookies": request.cookies, "version": request.scope["http_version"]}

    @api.get("/seen")
    def seen():
        return {"taken": taken, "given": given, "left": left}

    @api.get("/work-on")
    async def work_on(name: str):
        """Answers at once and goes on: longer than its container may be idle, and until its gate is open."""

        async def work() -> None:
            await asyncio.sleep(3 * IDLE_S)
            await gate(name).wait()
            print(f"the work after the answer by the {name} is done", flush=True)

        return StreamingResponse(iter([b"answered"]), background=BackgroundTask(work))

    @api.websocket("/echo")
    async def echo(socket: WebSocket):
        await socket.accept()
        async for text in socket.iter_text():
            await socket.send_text(f"echo {text}")

    return api


# A request of minutes, and bodies of GiB, want their time.
@app.function(timeout=400, scaledown_window=IDLE_S)
@modal.concurrent(max_inputs=50)
@modal.asgi_app()
def lane():
    return streams()


@app.cls(timeout=400, scaledown_window=IDLE_S)
@modal.concurrent(max_inputs=50)
class Both:
    """Its other method is called as any method, so its web requests take the client's own way."""

    @modal.asgi_app()
    def bridge(self):
        return streams()

    @modal.method()
    def plain(self) -> int:
        return 7


@app.function(timeout=400, scaledown_window=IDLE_S)
@modal.concurrent(max_inputs=50)
@modal.web_server(8000, startup_timeout=60)
def port():
    import threading

    import uvicorn

    server = uvicorn.Server(uvicorn.Config(streams(), host="0.0.0.0", port=8000, log_level="warning"))
    threading.Thread(target=server.run, daemon=True).start()


GREETER = '''
import asyncio
from google.protobuf.wrappers_pb2 import StringValue
from grpclib.const import Cardinality, Handler
from grpclib.server import Server


class Greeter:
    async def greet(self, stream):
        name = (await stream.recv_message()).value
        await stream.send_message(StringValue(value=f"hello {name}"))
        await stream.send_trailing_metadata(metadata={"x-after": "the end"})

    async def converse(self, stream):
        async for message in stream:
            await stream.send_message(StringValue(value=message.value.upper()))

    def __mapping__(self):
        return {
            "/Greeter/Greet": Handler(self.greet, Cardinality.UNARY_UNARY, StringValue, StringValue),
            "/Greeter/Converse": Handler(self.converse, Cardinality.STREAM_STREAM, StringValue, StringValue),
        }


async def main():
    server = Server([Greeter()])
    await server.start("0.0.0.0", 9000)
    await server.wait_closed()

asyncio.run(main())
'''


@app.server(port=9000, startup_timeout=60, h2_enabled=True, unauthenticated=True, image=image.pip_install("grpclib==0.4.8", "protobuf==5.29.3"))
class Greeter:
    """A gRPC server: HTTP/2 to its port, and its status in trailers."""

    @modal.enter()
    def start(self):
        import subprocess

        self.process = subprocess.Popen(["python", "-c", GREETER])

    @modal.exit()
    def stop(self):
        self.process.terminate()
