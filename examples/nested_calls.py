"""Functions call each other from inside their containers; a call spawned now is read later."""

import modal

app = modal.App("example-nested-calls")


@app.function()
def word_count(text: str) -> int:
    return len(text.split())


@app.function()
def total(texts: list[str]) -> int:
    return sum(word_count.map(texts))


@app.local_entrypoint()
def main():
    call = total.spawn(["to be or not to be", "that is the question"])
    print("spawned", call.object_id)
    print("words:", call.get())
