"""Where the lane enters the client's runtime: when its functions are ready, and before it asks for its first input."""

import sys
from contextlib import contextmanager

DEPENDENCIES = "/__slipway/lane"


def install():
    """Wraps the context in which the runtime, of either version, holds its finished functions."""
    from modal._runtime.user_code_imports import Service

    inner = Service.function_execution_context

    @contextmanager
    def with_lane(self, event_loop, container_io_manager):
        with inner(self, event_loop=event_loop, container_io_manager=container_io_manager) as functions:
            # A class whose other methods are called needs the input loop; its web methods go with it.
            if functions and all(function.lifespan_manager for function in functions.values()):
                serve_until_told(event_loop, functions)
            yield functions

    Service.function_execution_context = with_lane


def serve_until_told(event_loop, functions):
    """Serves until the worker tells the container to go. Whatever fails, the input loop that follows takes over."""
    try:
        # At the end: what the user installed is found first.
        sys.path.append(DEPENDENCIES)
        from .serve import serve

        apps = {name: function.lifespan_manager for name, function in functions.items()}
        event_loop.run(serve(apps))
    except Exception as error:
        print(f"slipway: web requests take the slow way: {error!r}", file=sys.stderr)
