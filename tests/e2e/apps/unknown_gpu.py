import modal

app = modal.App("unknown-gpu")


@app.function(gpu="Z9000")
def work() -> int:
    return 1


@app.local_entrypoint()
def main():
    print(work.remote())
