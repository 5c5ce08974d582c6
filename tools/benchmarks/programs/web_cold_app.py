"""An endpoint that scales to zero at once."""

import modal

app = modal.App("slipway-bench-web-cold", image=modal.Image.debian_slim().pip_install("fastapi==0.115.6"))


@app.function(scaledown_window=2)
@modal.fastapi_endpoint()
def cold():
    return {}
