import json
import os
import subprocess

from harness.client_program import apps, folder

checkout = folder.parent.parent


def run_javascript(program: str, **environment: str) -> dict:
    """Runs a file of `apps/` with the JavaScript SDK; what its last line says, read as JSON."""
    done = subprocess.run(
        [checkout / "node_modules/.bin/node", apps / program],
        cwd=checkout,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout.splitlines()[-1])
