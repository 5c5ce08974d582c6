"""Calls of a function that has no container: milliseconds from the call to the first line of its file, and to its answer."""

import json
import sys
import time

import modal

calls, pause = int(sys.argv[1]), float(sys.argv[2])
started_at = modal.Function.from_name("slipway-bench-cold", "started_at")
started_at.hydrate()
first_line, whole = [], []
for _ in range(calls):
    time.sleep(pause)
    began = time.time()
    first_line.append((started_at.remote() - began) * 1000)
    whole.append((time.time() - began) * 1000)
print(json.dumps({"firstLineMs": first_line, "wholeMs": whole}))
