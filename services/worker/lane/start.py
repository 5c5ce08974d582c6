"""Runs the client's runtime as `python -m` would, with the lane beside it. Without the lane all is as ever."""

import os
import runpy
import sys

here = sys.path[0]
try:
    import slipway_lane

    slipway_lane.install()
except BaseException as error:
    print(f"slipway: web requests take the slow way: {error!r}", file=sys.stderr)
# As `-m` has it: modules are looked for where the program runs.
sys.path[0] = os.getcwd()
runpy.run_module("modal._container_entrypoint", run_name="__main__", alter_sys=True)
