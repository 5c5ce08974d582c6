import os

import modal

app = modal.App("secret-keeper")
secret = modal.Secret.from_dict({"TEA": "green"})
image = modal.Image.debian_slim().run_commands("echo $TEA > /tea", secrets=[secret])


@app.function(image=image, secrets=[secret])
def read() -> tuple[str, str]:
    with open("/tea") as tea:
        return os.environ["TEA"], tea.read().strip()


@app.local_entrypoint()
def main():
    print(*read.remote())
