"""Its image's step fails while the secret E2E_SECRET_NAME says so; with E2E_FORCE it is built again."""

import os

import modal

named = os.environ.get("E2E_SECRET_NAME")
image = modal.Image.debian_slim().run_commands(
    'test "$FAILS" = no && date +%s%N > /built-at',
    secrets=[modal.Secret.from_name(named)] if named else [],
    force_build="E2E_FORCE" in os.environ,
)
app = modal.App("e2e-rebuilt", image=image)


@app.function()
def built_at() -> str:
    with open("/built-at") as file:
        return file.read().strip()
