"""uvicorn's protocols on connections that the lane makes to its worker, one after another as the worker wants them."""

import asyncio

import uvicorn
from uvicorn.server import ServerState

from .requests import Requests

CONTROL_SOCKET = "/run/slipway/lane-control.sock"
HTTP_SOCKET = "/run/slipway/lane-http.sock"
FIRST_CONNECTIONS = 4
# The worker keeps idle connections for as long as it likes.
KEEP_ALIVE_SECONDS = 86_400
LARGEST_HEAD_BYTES = 64 * 1024


async def serve(apps):
    """Serves until the worker says `exit` or is gone."""
    reader, writer = await asyncio.open_unix_connection(CONTROL_SOCKET)

    def tell(line):
        if not writer.is_closing():
            writer.write(f"{line}\n".encode())

    requests = Requests(apps, tell)
    lane = Lane(requests)
    await asyncio.gather(*(lane.connect() for _ in range(FIRST_CONNECTIONS)))
    tell("up")
    try:
        while line := await reader.readline():
            word, _, rest = line.decode().strip().partition(" ")
            if word == "more":
                await asyncio.gather(*(lane.connect() for _ in range(int(rest))))
            elif word == "cancel":
                requests.cancel(rest)
            elif word == "exit":
                break
        await lane.finish()
    finally:
        lane.close()
        writer.close()


class Lane:
    """Connections on which HTTP is served, each made by us and used by the worker."""

    def __init__(self, app):
        self.config = uvicorn.Config(
            app,
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=True,
            forwarded_allow_ips="*",
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            h11_max_incomplete_event_size=LARGEST_HEAD_BYTES,
        )
        self.config.load()
        self.state = ServerState()
        self.loop = asyncio.get_running_loop()

    async def connect(self):
        await self.loop.create_unix_connection(self.new_protocol, HTTP_SOCKET)

    def new_protocol(self):
        return self.config.http_protocol_class(
            config=self.config, server_state=self.state, app_state={}, _loop=self.loop
        )

    async def finish(self):
        """Waits for all that runs, work after an answer included; the worker ends a wait that is too long."""
        while self.state.tasks:
            await asyncio.wait(list(self.state.tasks))

    def close(self):
        for connection in list(self.state.connections):
            connection.shutdown()
