import os
from typing import Iterator

import pytest


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tells `run` how many tests passed and failed."""
    path = os.environ.get("SLIPWAY_E2E_SUMMARY")
    if path is None:
        return
    count = {kind: len(terminalreporter.getreports(kind)) for kind in ("passed", "failed", "error")}
    with open(path, "w") as summary:
        summary.write(f"{count['passed']} {count['failed'] + count['error']}\n")


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
