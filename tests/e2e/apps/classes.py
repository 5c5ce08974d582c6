"""Classes with parameters and every hook of their lives."""

import modal

app = modal.App("classes")


@app.cls(scaledown_window=2, max_containers=1)
class Greeter:
    greeting: str = modal.parameter(default="hello")
    times: int = modal.parameter(default=1)

    @modal.enter()
    def first(self):
        self.hooks = ["first"]

    @modal.enter()
    async def second(self):
        self.hooks.append("second")

    @modal.method()
    def greet(self, name: str) -> str:
        return " ".join([self.greeting] * self.times + [name])

    @modal.method()
    def seen(self) -> list[str]:
        return sorted(self.hooks)

    @modal.method()
    def letters(self, name: str):
        yield from self.greet.local(name)

    @modal.exit()
    def last(self):
        print(f"goodbye from {self.greeting}", flush=True)


@app.cls(scaledown_window=60, max_containers=1)
class Counter:
    @modal.enter()
    def start(self):
        self.value = 0

    @modal.method()
    def up(self) -> int:
        self.value += 1
        return self.value


@app.local_entrypoint()
def main():
    print(Greeter(greeting="farewell").greet.remote("Ada"))
