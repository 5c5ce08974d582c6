"""Files that outlive containers: one container writes them to a volume and commits, others read them.

It stays: `modal volume ls example-volume` lists it, `modal volume delete example-volume` removes it.
"""

import modal

app = modal.App("volumes")
volume = modal.Volume.from_name("example-volume", create_if_missing=True)


@app.function(volumes={"/data": volume})
def write(count: int) -> int:
    for number in range(count):
        with open(f"/data/{number}.txt", "w") as file:
            file.write(f"{number}\n" * number)
    volume.commit()
    return count


@app.function(volumes={"/data": volume})
def count_lines(number: int) -> int:
    volume.reload()
    with open(f"/data/{number}.txt") as file:
        return len(file.readlines())


@app.local_entrypoint()
def main():
    count = write.remote(10)
    print("lines:", sum(count_lines.map(range(count))))
    print("files:", len(volume.listdir("/")))
