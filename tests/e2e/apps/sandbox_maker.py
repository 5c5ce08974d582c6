"""Functions that run programs in sandboxes."""

import modal

app = modal.App("sandbox-maker")


@app.function()
def run(image_id: str, *command: str) -> int:
    sandbox = modal.Sandbox.create(*command, image=modal.Image.from_id(image_id))
    sandbox.wait()
    return sandbox.returncode


@app.function()
def start(image_id: str) -> str:
    return modal.Sandbox.create("sleep", "1000", image=modal.Image.from_id(image_id)).object_id


@app.function()
def command(sandbox_id: str) -> str:
    try:
        return modal.Sandbox.from_id(sandbox_id).exec("echo", "hello").stdout.read()
    except modal.exception.UnimplementedError as error:
        return str(error)


@app.function()
def end(sandbox_id: str) -> int:
    sandbox = modal.Sandbox.from_id(sandbox_id)
    assert sandbox.poll() is None
    sandbox.terminate()
    sandbox.wait(raise_on_termination=False)
    return sandbox.returncode
