import subprocess
import sys
from pathlib import Path

import modal

from harness.client_program import Finished, modal_cli

SOURCE = '''
import os
import time

import modal

VERSION = {version}
app = modal.App("{name}")
gate = modal.Dict.from_name("{name}-gate", create_if_missing=True)


@app.function(scaledown_window=60, max_containers=3)
def version() -> int:
    return VERSION


@app.function(scaledown_window=60)
def through() -> int:
    return version.remote()


@app.function(scaledown_window=60)
def container() -> str:
    return os.environ["MODAL_TASK_ID"]


@app.function(scaledown_window=60)
def held(key: str) -> int:
    """Says that it runs, and ends when it may."""
    gate[f"{{key}}-runs-in"] = VERSION
    while not gate.get(f"{{key}}-may-end"):
        time.sleep(0.05)
    return VERSION


@app.cls(scaledown_window=60)
class Greeter:
    name: str = modal.parameter(default="you")

    @modal.method()
    def greet(self) -> str:
        return f"{{self.name}} of v{{VERSION}}"

{more}
'''

EXTRA = '''
@app.function()
def extra() -> int:
    return VERSION
'''


STAGES_ITSELF = '''
if __name__ == "__main__":
    from modal.runner import deploy_app

    deploy_app(app, staged=True)
'''


class EditedApp:
    """The source of one app, which a test changes between its deployments."""

    def __init__(self, folder: Path, name: str):
        self.name = name
        self.path = folder / f"{name.replace('-', '_')}.py"

    def function(self, name: str, **options) -> modal.Function:
        return modal.Function.from_name(self.name, name, **options)

    def write(self, version: int, more: str = "") -> None:
        self.path.write_text(SOURCE.format(version=version, name=self.name, more=more))

    def deploy(self, version: int, *words: str, more: str = "") -> Finished:
        """Writes the source and deploys it."""
        self.write(version, more)
        done = modal_cli("deploy", *words, self.path.name, cwd=self.path.parent)
        assert done.code == 0, done.output
        return done

    def stage(self, version: int, more: str = "") -> None:
        """Writes the source and has it make a staged version of itself."""
        self.write(version, more + STAGES_ITSELF)
        done = subprocess.run(
            [sys.executable, self.path.name], cwd=self.path.parent, capture_output=True, text=True, timeout=240
        )
        assert done.returncode == 0, done.stdout + done.stderr
