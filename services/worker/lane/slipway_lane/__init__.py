"""The web lane: an ASGI server in the event loop of user code, on connections that it makes to its worker."""

from .hook import install

__all__ = ["install"]
