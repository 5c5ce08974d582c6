import os
import signal
from collections import Counter
from typing import Iterator

import pytest


def pytest_configure() -> None:
    """Programs that are started in a shell's background ignore Ctrl-C, and would pass that on to the clients of the tests."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tells `run` how many tests passed and failed."""
    path = os.environ.get("SLIPWAY_E2E_SUMMARY")
    if path is None:
        return
    count = {kind: len(terminalreporter.getreports(kind)) for kind in ("passed", "failed", "error")}
    with open(path, "w") as summary:
        summary.write(f"{count['passed']} {count['failed'] + count['error']}\n")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files go to whoever is free in this order: those that take long first, so that no one is left with a long one."""
    heavy = {item.path for item in items if item.get_closest_marker("heavy")}
    tests = Counter(item.path for item in items)
    items.sort(key=lambda item: (item.path not in heavy, -tests[item.path], item.path))


@pytest.fixture(scope="module")
def running() -> Iterator:
    """Runs an app for as long as the tests of a file need it: `running(app)`."""
    contexts = []

    def run(app):
        context = app.run()
        context.__enter__()
        contexts.append(context)
        return app

    yield run
    for context in reversed(contexts):
        context.__exit__(None, None, None)
