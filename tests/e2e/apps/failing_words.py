import os

import modal

app = modal.App("failing-words")

if not modal.is_local():
    # The last 2,000 halves of characters are kept: with an odd end these begin with half of one.
    os.write(2, ("\N{TEACUP WITHOUT HANDLE}" * 3000 + "\n").encode())
    os._exit(1)


@app.function()
def work() -> int:
    return 1


@app.local_entrypoint()
def main():
    print(work.remote())
