"""HTTP/2 at the gateway: requests side by side on one connection, streams, trailers, hang-ups, gRPC and WebSockets."""

import asyncio
import json
import struct

import pytest
from google.protobuf.wrappers_pb2 import StringValue
from web_streams import Both, Greeter, app, lane, port

from harness.eventually import eventually
from harness.http2_client import Http2Client, Stream, http2
from harness.web_client import fetch


@pytest.fixture(scope="module", autouse=True)
def running_app(running):
    running(app)


@pytest.fixture(scope="module", params=["lane", "bridge", "port"])
def url(request) -> str:
    ways = {"lane": lane.get_web_url, "bridge": lambda: Both().bridge.get_web_url(), "port": port.get_web_url}
    address = ways[request.param]()
    assert fetch(f"{address}/seen").status == 200
    return address


def test_forty_requests_go_side_by_side_on_one_connection(url: str):
    async def ask() -> list[int]:
        async with http2() as client:
            asked = [await client.request(url, "/wait?name=side&seconds=0.5") for _ in range(40)]
            return [json.loads(await stream.body())["waited"] and stream.status for stream in asked]

    assert asyncio.run(ask()) == [200] * 40


def test_a_conversation_goes_both_ways_before_the_request_is_whole(url: str):
    async def converse() -> list[bytes]:
        heard = []
        async with http2() as client:
            stream = await client.request(url, "/converse/", "POST", end=False)
            for word in (b"one", b"two", b"three"):
                await client.send(stream, word)
                heard.append(await stream.part())
            client.end(stream)
            assert await stream.body() == b""
        return heard

    assert asyncio.run(converse()) == [b"ONE", b"TWO", b"THREE"]


def test_cookies_that_came_in_pieces_are_whole_for_the_app(url: str):
    async def ask() -> dict:
        async with http2() as client:
            stream = await client.request(url, "/cookie", more=[("cookie", "a=1"), ("cookie", "b=2")])
            return json.loads(await stream.body())

    assert asyncio.run(ask())["cookies"] == {"a": "1", "b": "2"}


def test_a_client_that_resets_its_stream_is_noticed_and_others_go_on(url: str):
    async def hang_up() -> int:
        async with http2() as client:
            endless = await client.request(url, "/give?mib=100000&name=reset")
            await endless.part()
            client.leave(endless)
            other = await client.request(url, "/seen")
            await other.body()
            return other.status

    assert asyncio.run(hang_up()) == 200
    eventually(lambda: "reset" in fetch(f"{url}/seen").json["left"], 60, "the app's stream ends")


def test_a_websocket_opens_on_a_stream(url: str):
    async def talk() -> bytes:
        async with http2() as client:
            head = await client.request(
                url, "/echo", "CONNECT", [(":protocol", "websocket"), ("sec-websocket-version", "13")], end=False
            )
            await asyncio.wait_for(head.head.wait(), 60)
            assert head.status == 200
            # A masked text frame, its mask nothing but zeros.
            await client.send(head, b"\x81\x85\0\0\0\0hello")
            return await head.part()

    assert asyncio.run(talk()) == b"\x81\x0aecho hello"


class Call:
    """One gRPC call, spoken by hand."""

    def __init__(self, client: Http2Client, stream: Stream):
        self.client, self.stream = client, stream
        self.received = b""

    @classmethod
    async def begin(cls, client: Http2Client, method: str) -> "Call":
        headers = [("content-type", "application/grpc"), ("te", "trailers")]
        url = await Greeter.get_url.aio()
        return cls(client, await client.request(url, f"/Greeter/{method}", "POST", headers, end=False))

    async def say(self, text: str) -> None:
        message = StringValue(value=text).SerializeToString()
        await self.client.send(self.stream, struct.pack(">BI", 0, len(message)) + message)

    async def hear(self) -> str:
        while len(self.received) < 5 or len(self.received) < 5 + struct.unpack(">I", self.received[1:5])[0]:
            part = await self.stream.part()
            assert part is not None, (self.stream.headers, self.stream.trailers)
            self.received += part
        length = struct.unpack(">I", self.received[1:5])[0]
        message, self.received = self.received[5 : 5 + length], self.received[5 + length :]
        return StringValue.FromString(message).value

    async def rest(self) -> dict[str, str]:
        """Hears the stream to its end, and gives the trailers."""
        while await self.stream.part() is not None:
            pass
        return dict(self.stream.trailers)


def test_a_grpc_server_answers_with_its_status_in_trailers():
    async def greet() -> tuple[str, dict[str, str]]:
        async with http2() as client:
            call = await Call.begin(client, "Greet")
            await call.say("Ada")
            client.end(call.stream)
            return await call.hear(), await call.rest()

    said, trailers = asyncio.run(greet())
    assert said == "hello Ada"
    assert (trailers["grpc-status"], trailers["x-after"]) == ("0", "the end")


def test_a_grpc_stream_speaks_both_ways():
    async def converse() -> tuple[list[str], dict[str, str]]:
        heard = []
        async with http2() as client:
            call = await Call.begin(client, "Converse")
            for word in ("one", "two"):
                await call.say(word)
                heard.append(await call.hear())
            client.end(call.stream)
            return heard, await call.rest()

    heard, trailers = asyncio.run(converse())
    assert heard == ["ONE", "TWO"]
    assert trailers["grpc-status"] == "0"
