"""Solves the program in a folder of raw arrays with scipy's HiGHS, one thread: prints how long the solve took."""

import json
import sys
import time
from pathlib import Path

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array

folder = Path(sys.argv[1])
shape = json.loads((folder / "shape.json").read_text())


def read(name, kind):
    return np.fromfile(folder / name, dtype=kind)


matrix = csc_array(
    (read("coefficients", np.float64), read("rowIndices", np.int32), read("starts", np.int32)),
    shape=(shape["rows"], shape["columns"]),
)
started = time.perf_counter()
found = milp(
    read("cost", np.float64),
    integrality=read("integer", np.uint8),
    bounds=Bounds(read("columnLower", np.float64), read("columnUpper", np.float64)),
    constraints=LinearConstraint(matrix, read("rowLower", np.float64), read("rowUpper", np.float64)),
    options={"mip_rel_gap": float(sys.argv[2]), "time_limit": float(sys.argv[3])},
)
print(json.dumps({"seconds": time.perf_counter() - started, "status": int(found.status)}))
