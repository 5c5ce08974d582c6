"""A no-op under Ray Serve on this machine: its first requests, each from no replica; or one replica that serves until our input ends."""

import json
import sys
import time
import urllib.request

import ray
from ray import serve
from starlette.responses import JSONResponse

port, starts = int(sys.argv[1]), int(sys.argv[2])
ray.init(include_dashboard=False, configure_logging=True, log_to_driver=False, logging_level="ERROR")
serve.start(http_options={"host": "127.0.0.1", "port": port, "request_timeout_s": 120})

FROM_ZERO = {"min_replicas": 0, "initial_replicas": 0, "max_replicas": 1, "downscale_delay_s": 1, "upscale_delay_s": 0}


@serve.deployment(max_ongoing_requests=1000)
class Noop:
    async def __call__(self, _request):
        return JSONResponse({})


def ask():
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=120) as answer:
        assert answer.status == 200


samples = []
for _ in range(starts):
    serve.run(Noop.options(autoscaling_config=FROM_ZERO).bind())
    began = time.perf_counter()
    ask()
    samples.append(time.perf_counter() - began)
    serve.delete("default")
if not starts:
    serve.run(Noop.options(num_replicas=1).bind())
    ask()
    sys.stdin.read()
serve.shutdown()
ray.shutdown()
# Ray says things of its own until here.
print(json.dumps({"fromZeroSeconds": samples}), flush=True)
