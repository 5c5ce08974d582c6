import modal

app = modal.App("wrong-base-image", image=modal.Image.from_registry("no-such-base-image:9.9"))


@app.function()
def work() -> int:
    return 1


@app.local_entrypoint()
def main():
    print(work.remote())
