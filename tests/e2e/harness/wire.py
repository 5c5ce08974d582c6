"""The client's protocol, asked without the client: one request, one status."""

import asyncio
import os
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import AsyncIterator
from urllib.parse import urlparse

import grpclib
import modal
from google.protobuf.message import Message
from grpclib.client import Channel
from grpclib.events import SendRequest, listen
from modal_proto import api_grpc

from harness.platform_api import Account


@dataclass(frozen=True)
class Said:
    """What an rpc answered. `status` is None where it had not answered when it was given up."""

    status: grpclib.Status | None
    message: str = ""
    answer: bytes = b""

    @property
    def hides(self) -> bool:
        return self.status in (grpclib.Status.NOT_FOUND, grpclib.Status.PERMISSION_DENIED)

    @property
    def comes_of_looking(self) -> bool:
        """An answer, or a refusal of what was asked for; neither silence nor a fault nor a refusal of who asks."""
        return self.status in (
            grpclib.Status.OK,
            grpclib.Status.INVALID_ARGUMENT,
            grpclib.Status.FAILED_PRECONDITION,
            grpclib.Status.ALREADY_EXISTS,
        )

    @property
    def is_for_hosts(self) -> bool:
        """Asked through a container's own socket alone, which says whose it is."""
        return self.message.endswith("is answered by a container's own host, not here.")

    @property
    def is_served(self) -> bool:
        return self.status != grpclib.Status.UNIMPLEMENTED

    def __str__(self) -> str:
        return f"{self.status.name if self.status else 'no answer'} {self.message}".strip()


@asynccontextmanager
async def connection(headers: dict[str, str]) -> AsyncIterator[Channel]:
    server = urlparse(os.environ["MODAL_SERVER_URL"])
    channel = Channel(server.hostname, server.port)

    async def add_headers(event: SendRequest) -> None:
        event.metadata.update(headers)

    listen(channel, SendRequest, add_headers)
    try:
        yield channel
    finally:
        channel.close()


@asynccontextmanager
async def wire(account: Account) -> AsyncIterator[api_grpc.ModalClientStub]:
    headers = {
        "x-modal-token-id": account.token_id,
        "x-modal-token-secret": account.token_secret,
        "x-modal-client-type": "1",
        "x-modal-client-version": modal.__version__,
    }
    async with connection(headers) as channel:
        yield api_grpc.ModalClientStub(channel)


async def ask_rpc(stub, rpc: str, request: Message, within_s: float = 60) -> Said:
    """One request; of a stream the first message."""
    call = getattr(stub, rpc)
    found = b""
    try:
        async with call.open(timeout=within_s) as stream:
            await stream.send_message(request, end=True)
            message = await stream.recv_message()
            found = message.SerializeToString() if message is not None else b""
            if message is None or not call._cardinality.server_streaming:
                await stream.recv_trailing_metadata()
        return Said(grpclib.Status.OK, answer=found)
    except grpclib.GRPCError as error:
        return Said(error.status, error.message or "")
    except asyncio.TimeoutError:
        return Said(None, answer=found)
