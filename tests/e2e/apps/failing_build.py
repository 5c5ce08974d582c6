import modal

image = modal.Image.debian_slim().run_commands("echo the step says $((40 + 2)) && exit 7")
app = modal.App("failing-build", image=image)


@app.function()
def work() -> int:
    return 1


@app.local_entrypoint()
def main():
    print(work.remote())
