"""HTTP/2 without TLS, spoken by hand: what a client sees of streams, trailers and resets, one frame at a time."""

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import h2.config
import h2.connection
import h2.events
import h2.settings

from harness.web_client import host_of, server

Headers = list[tuple[str, str]]


@dataclass
class Stream:
    """One request and what has come of its answer."""

    stream_id: int
    headers: Headers = field(default_factory=list)
    trailers: Headers = field(default_factory=list)
    parts: asyncio.Queue[bytes | None] = field(default_factory=asyncio.Queue)
    head: asyncio.Event = field(default_factory=asyncio.Event)
    reset: int | None = None

    @property
    def status(self) -> int:
        return int(dict(self.headers)[":status"])

    async def part(self) -> bytes | None:
        """The next part of the body; None at its end."""
        return await asyncio.wait_for(self.parts.get(), 60)

    async def body(self) -> bytes:
        whole = b""
        while (part := await self.part()) is not None:
            whole += part
        return whole


class Http2Client:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter):
        self.reader, self.writer = reader, writer
        self.connection = h2.connection.H2Connection(h2.config.H2Configuration(header_encoding="utf-8"))
        self.connection.initiate_connection()
        self.streams: dict[int, Stream] = {}
        self.window = asyncio.Condition()
        self.settled = asyncio.Event()
        self.flush()

    def flush(self) -> None:
        self.writer.write(self.connection.data_to_send())

    async def request(self, url: str, path: str, method: str = "GET", more: Headers | None = None, end: bool = True) -> Stream:
        """Begins a request; without `end` its body follows with `send`."""
        named = [(":method", method), (":scheme", "http"), (":authority", host_of(url)), (":path", path)]
        return self.begin(named + (more or []), end)

    def begin(self, headers: Headers, end: bool) -> Stream:
        stream = Stream(self.connection.get_next_available_stream_id())
        self.streams[stream.stream_id] = stream
        self.connection.send_headers(stream.stream_id, headers, end_stream=end)
        self.flush()
        return stream

    async def send(self, stream: Stream, data: bytes, end: bool = False) -> None:
        """As fast as the other side takes it."""
        while data:
            room = min(
                self.connection.local_flow_control_window(stream.stream_id), self.connection.max_outbound_frame_size
            )
            if room > 0:
                self.connection.send_data(stream.stream_id, data[:room], end_stream=end and len(data) <= room)
                data = data[room:]
                self.flush()
                await self.writer.drain()
                continue
            async with self.window:
                await asyncio.wait_for(self.window.wait(), 60)

    def end(self, stream: Stream, trailers: Headers | None = None) -> None:
        if trailers:
            self.connection.send_headers(stream.stream_id, trailers, end_stream=True)
        else:
            self.connection.end_stream(stream.stream_id)
        self.flush()

    def leave(self, stream: Stream) -> None:
        """Hangs up on one request; the connection stays."""
        self.connection.reset_stream(stream.stream_id, 8)
        self.flush()

    async def listen(self) -> None:
        while data := await self.reader.read(65536):
            for event in self.connection.receive_data(data):
                self.hear(event)
            self.flush()
            async with self.window:
                self.window.notify_all()
        for stream in self.streams.values():
            stream.parts.put_nowait(None)

    def hear(self, event: h2.events.Event) -> None:
        if isinstance(event, h2.events.RemoteSettingsChanged):
            self.settled.set()
        stream = self.streams.get(getattr(event, "stream_id", 0) or 0)
        if stream is None:
            return
        if isinstance(event, h2.events.ResponseReceived):
            stream.headers = list(event.headers)
            stream.head.set()
        elif isinstance(event, h2.events.TrailersReceived):
            stream.trailers = list(event.headers)
        elif isinstance(event, h2.events.DataReceived):
            self.connection.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
            stream.parts.put_nowait(event.data)
        elif isinstance(event, (h2.events.StreamEnded, h2.events.StreamReset)):
            stream.reset = getattr(event, "error_code", None)
            stream.head.set()
            stream.parts.put_nowait(None)


@asynccontextmanager
async def http2():
    """One connection to the gateway."""
    reader, writer = await asyncio.open_connection(server.hostname, server.port)
    client = Http2Client(reader, writer)
    listening = asyncio.create_task(client.listen())
    try:
        await asyncio.wait_for(client.settled.wait(), 10)
        yield client
    finally:
        listening.cancel()
        writer.close()
