import modal

app = modal.App("failing-enter")


@app.cls()
class Engine:
    @modal.enter()
    def start(self):
        raise RuntimeError("the engine has no oil")

    @modal.method()
    def run(self) -> int:
        return 1


@app.local_entrypoint()
def main():
    print(Engine().run.remote())
