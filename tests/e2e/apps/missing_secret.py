import modal

app = modal.App("missing-secret")


@app.function(secrets=[modal.Secret.from_name("no-such-secret")])
def work() -> int:
    return 1


@app.local_entrypoint()
def main():
    print(work.remote())
