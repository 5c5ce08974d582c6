"""An endpoint whose domain stays its workspace's."""

import modal

image = modal.Image.debian_slim().pip_install("fastapi==0.115.6")
app = modal.App("e2e-held-domain", image=image)


@app.function()
@modal.fastapi_endpoint(custom_domains=["held.e2e.example"])
def held():
    return "held"
