"""The ASGI callable that the server sees: each request to its app, under the ids that the worker gave it."""

import asyncio

from modal._runtime.execution_context import _set_current_context_ids

# An answer may be on its way while its callable returns: only what works longer is worth a word.
AFTERWORK_SECONDS = 0.02


class Requests:
    """Knows the requests that run: to cancel one, and to tell which of them works on after its answer."""

    def __init__(self, apps, tell):
        self.apps = apps
        self.tell = tell
        self.running = {}
        self.cancelled = set()

    async def __call__(self, scope, receive, send):
        input_id, call_id, method = take_ids(scope)
        manager = self.apps[method] if method in self.apps else next(iter(self.apps.values()))
        scope["state"] = dict(manager.state)
        _set_current_context_ids([input_id], [call_id], [""])
        afterwork = Afterwork(input_id, self.tell)

        started = False

        async def noticing_send(message):
            nonlocal started
            started = True
            await send(message)
            if message["type"] == "http.response.body" and not message.get("more_body"):
                afterwork.answered()

        self.running[input_id] = asyncio.current_task()
        try:
            await manager.asgi_app(scope, receive, noticing_send)
        except asyncio.CancelledError:
            if input_id not in self.cancelled:
                raise
            # Nobody reads it; the server only wants every request answered.
            if scope["type"] == "http" and not started:
                await send({"type": "http.response.start", "status": 504, "headers": []})
                await send({"type": "http.response.body", "body": b""})
        finally:
            del self.running[input_id]
            afterwork.over()
            if input_id in self.cancelled:
                self.cancelled.discard(input_id)
                self.tell(f"ended {input_id}")

    def cancel(self, input_id):
        task = self.running.get(input_id)
        if task is None:
            self.tell(f"ended {input_id}")
        else:
            self.cancelled.add(input_id)
            task.cancel()


class Afterwork:
    """What a request still does when it has been answered, if it is more than returning."""

    def __init__(self, input_id, tell):
        self.input_id = input_id
        self.tell = tell
        self.timer = None
        self.told = False

    def answered(self):
        if self.timer is None:
            self.timer = asyncio.get_running_loop().call_later(AFTERWORK_SECONDS, self.began)

    def began(self):
        self.told = True
        self.tell(f"after {self.input_id}")

    def over(self):
        if self.timer is not None:
            self.timer.cancel()
        if self.told:
            self.tell(f"ended {self.input_id}")


def take_ids(scope):
    """The ids of a request and the method that it asks for; user code sees none of the headers."""
    ids = {b"x-slipway-input": "", b"x-slipway-call": "", b"x-slipway-method": ""}
    headers = []
    for name, value in scope["headers"]:
        if name in ids:
            ids[name] = value.decode()
        else:
            headers.append((name, value))
    scope["headers"] = headers
    return tuple(ids.values())
