"""A web endpoint that answers who shows a proxy token."""

import modal

app = modal.App("e2e-web-locked", image=modal.Image.debian_slim().pip_install("fastapi==0.115.6"))


@app.function()
@modal.fastapi_endpoint(method="POST", requires_proxy_auth=True)
def locked(item: dict):
    return item
