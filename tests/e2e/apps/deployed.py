"""What other programs look up by name."""

import modal

app = modal.App("e2e-deployed")


@app.function(scaledown_window=2, max_containers=1)
def add(a: int, b: int = 0) -> int:
    print("adding to", a[:10] if isinstance(a, (str, bytes)) else a)
    return a + b


@app.function(scaledown_window=2, max_containers=1)
def describe(person: dict) -> str:
    return f"{person['name']} is {person['age']}"


@app.function(scaledown_window=2, max_containers=1)
def refuse() -> None:
    raise ValueError("not today")


@app.cls(scaledown_window=2, max_containers=1)
class Greeter:
    greeting: str = modal.parameter(default="hello")

    @modal.method()
    def greet(self, name: str) -> str:
        return f"{self.greeting} {name}"
