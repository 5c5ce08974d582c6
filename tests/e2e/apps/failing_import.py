import modal

app = modal.App("failing-import")

if not modal.is_local():
    import no_such_module_anywhere  # noqa: F401


@app.function()
def work() -> int:
    return 1


@app.local_entrypoint()
def main():
    print(work.remote())
