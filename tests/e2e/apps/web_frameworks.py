"""Real frameworks behind each kind of web endpoint."""

import asyncio
import json
import subprocess
import threading

import modal

app = modal.App("e2e-web-frameworks")

fastapi_image = modal.Image.debian_slim().pip_install("fastapi==0.115.12")
flask_image = modal.Image.debian_slim().pip_install("flask==3.1.1")
streamlit_image = modal.Image.debian_slim().pip_install("streamlit==1.45.1")


def fastapi_app():
    from contextlib import asynccontextmanager
    from typing import Annotated

    from fastapi import BackgroundTasks, Depends, FastAPI, HTTPException, Request, WebSocket
    from fastapi.responses import StreamingResponse

    done = []
    first_part_seen = asyncio.Event()

    @asynccontextmanager
    async def lifespan(_):
        yield {"opened": "by the lifespan"}

    web = FastAPI(lifespan=lifespan)

    def token(request: Request) -> str:
        if request.headers.get("x-token") != "right":
            raise HTTPException(401, "the header x-token is not 'right'")
        return "right"

    @web.get("/state")
    async def state(request: Request):
        return {"state": request.state.opened, "client": request.client.host, "path": request.url.path}

    @web.get("/needs-token")
    def needs_token(given: Annotated[str, Depends(token)]):
        return {"given": given}

    @web.get("/ids")
    def ids():
        return {"input": modal.current_input_id(), "call": modal.current_function_call_id()}

    @web.post("/size")
    async def size(request: Request):
        total = 0
        async for chunk in request.stream():
            total += len(chunk)
        return {"bytes": total}

    @web.get("/stream")
    async def stream():
        async def lines():
            yield "data: first\n\n"
            await first_part_seen.wait()
            yield "data: second\n\n"

        return StreamingResponse(lines(), media_type="text/event-stream")

    @web.post("/first-part-seen")
    async def say_that_it_is_seen():
        first_part_seen.set()
        return {"told": True}

    @web.get("/later")
    async def later(tasks: BackgroundTasks):
        async def work():
            await asyncio.sleep(1)
            done.append("later")

        tasks.add_task(work)
        return {"answered": True}

    @web.get("/done")
    async def what_is_done():
        return done

    @web.get("/until-hang-up")
    async def until_hang_up(request: Request):
        done.append("came")
        while not await request.is_disconnected():
            await asyncio.sleep(0.05)
        done.append("hung up")

    @web.get("/too-long")
    async def too_long():
        await asyncio.sleep(600)

    @web.get("/raises")
    def raises():
        raise RuntimeError("this is in the log")

    @web.websocket("/echo")
    async def echo(socket: WebSocket):
        await socket.accept()
        async for text in socket.iter_text():
            await socket.send_text(f"echo {text}")

    return web


@app.function(image=fastapi_image, timeout=15, startup_timeout=120, max_containers=1)
@modal.concurrent(max_inputs=10)
@modal.asgi_app()
def fast():
    return fastapi_app()


@app.cls(image=fastapi_image, timeout=15, startup_timeout=120, max_containers=1)
@modal.concurrent(max_inputs=10)
class Both:
    """Its other method is called as any method, so its web requests take the client's own way."""

    @modal.asgi_app()
    def web(self):
        return fastapi_app()

    @modal.method()
    def plain(self) -> int:
        return 7


@app.function(image=flask_image, timeout=15, startup_timeout=120, max_containers=1)
@modal.concurrent(max_inputs=10)
@modal.wsgi_app()
def flasky():
    from flask import Flask, Response, request

    web = Flask(__name__)
    first_part_seen = threading.Event()

    @web.post("/greet")
    def greet():
        return {"greeting": f"hello {request.json['name']}"}

    @web.get("/stream")
    def stream():
        def lines():
            yield "first\n"
            first_part_seen.wait()
            yield "second\n"

        return Response(lines(), mimetype="text/plain")

    @web.post("/first-part-seen")
    def say_that_it_is_seen():
        first_part_seen.set()
        return {"told": True}

    return web


@app.function(image=fastapi_image)
@modal.fastapi_endpoint(docs=True)
def hello(name: str = "you"):
    return {"greeting": f"hello {name}"}


@app.function(image=fastapi_image)
@modal.fastapi_endpoint(method="POST")
def add(numbers: list[int]):
    return {"sum": sum(numbers)}


@app.function()
@modal.concurrent(max_inputs=10)
@modal.web_server(8000, startup_timeout=60)
def files():
    subprocess.Popen(["python", "-m", "http.server", "8000", "--directory", "/usr/share/doc"])


@app.function(image=streamlit_image)
@modal.concurrent(max_inputs=50)
@modal.web_server(8501, startup_timeout=60)
def board():
    with open("/root/board_page.py", "w") as page:
        page.write("import streamlit\nstreamlit.title('a board')\n")
    subprocess.Popen(
        "streamlit run /root/board_page.py --server.port 8501 --server.address 0.0.0.0 --server.headless true",
        shell=True,
    )


@app.server(port=8080, startup_timeout=60, unauthenticated=True)
class Server:
    @modal.enter()
    def start(self):
        self.process = subprocess.Popen(["python", "-m", "http.server", "8080", "--directory", "/usr/share/doc"])

    @modal.exit()
    def stop(self):
        self.process.terminate()


@app.function(image=fastapi_image)
@modal.concurrent(max_inputs=10)
@modal.asgi_app()
def model():
    """Speaks the chat API of OpenAI; what it says is what it was told, word by word."""
    from fastapi import FastAPI
    from fastapi.responses import StreamingResponse

    web = FastAPI()

    def answer(name, choice, kind):
        return {"id": "chat-1", "object": kind, "created": 0, "model": name, "choices": [choice]}

    @web.post("/v1/chat/completions")
    async def complete(asked: dict):
        words = asked["messages"][-1]["content"].split()
        if not asked.get("stream"):
            message = {"role": "assistant", "content": " ".join(words)}
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            usage = {"prompt_tokens": len(words), "completion_tokens": len(words), "total_tokens": 2 * len(words)}
            return {**answer(asked["model"], choice, "chat.completion"), "usage": usage}

        async def chunks():
            for place, word in enumerate(words):
                delta = {"role": "assistant", "content": word if place == 0 else f" {word}"}
                choice = {"index": 0, "delta": delta, "finish_reason": None}
                yield f"data: {json.dumps(answer(asked['model'], choice, 'chat.completion.chunk'))}\n\n"
                await asyncio.sleep(0.05)
            choice = {"index": 0, "delta": {}, "finish_reason": "stop"}
            yield f"data: {json.dumps(answer(asked['model'], choice, 'chat.completion.chunk'))}\n\n"
            yield "data: [DONE]\n\n"

        return StreamingResponse(chunks(), media_type="text/event-stream")

    return web
