"""An endpoint under a name of its user's own."""

import modal

image = modal.Image.debian_slim().pip_install("fastapi==0.115.6")
app = modal.App("e2e-web-domains", image=image)


@app.function()
@modal.fastapi_endpoint(custom_domains=["shop.e2e.example"])
def shop():
    return "the shop"
