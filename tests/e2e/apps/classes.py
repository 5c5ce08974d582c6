"""Classes with parameters and every hook of their lives."""

import os
import threading

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


@app.cls(scaledown_window=2, max_containers=1)
class Numbered:
    number: int = modal.parameter(default=2**60 + 1)

    @modal.method()
    def said(self) -> int:
        return self.number


@app.cls(scaledown_window=60, max_containers=1)
class Counter:
    @modal.enter()
    def start(self):
        self.value = 0

    @modal.method()
    def up(self) -> int:
        self.value += 1
        return self.value


@app.cls(scaledown_window=2, max_containers=1)
class Table:
    @modal.enter()
    def lay(self):
        self.all_seated = threading.Barrier(3)

    @modal.method()
    def meet(self, guest: str) -> str:
        """Comes back when three sit at the same table."""
        self.all_seated.wait(timeout=120)
        return f"{guest} in {os.environ['MODAL_TASK_ID']}"

    @modal.method()
    def serve(self, guests: list[str]) -> list[list[str]]:
        return [sorted(guests)] * len(guests)


@app.local_entrypoint()
def main():
    print(Greeter(greeting="farewell").greet.remote("Ada"))
