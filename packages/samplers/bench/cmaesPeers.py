"""Runs CMA-ES of the peers for cmaes.mjs: many runs side by side, a generation of each at a time.

Reads one line {"engine", "dimensions", "seeds", "budget", "target"}; writes lines [[run, [point, ...]], ...], and reads for each the excess
values of all points, in order. A run ends at its budget, or once a value is at most the target. The last line is {"version", "cpuSeconds"}.
"""

import json
import sys
import time
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[3] / "benchmarks" / "peers"))
warnings.simplefilter("ignore")

from cma_peer import Peer  # noqa: E402

request = json.loads(sys.stdin.readline())
space = [{"name": f"x{axis}", "kind": "real", "low": -5, "high": 5} for axis in range(request["dimensions"])]
peers = {run: Peer(space, seed, request["engine"]) for run, seed in enumerate(request["seeds"])}
version = peers[0].version
evaluations = dict.fromkeys(peers, 0)
spent = 0
while peers:
    start = time.process_time()
    asked = {run: [peer.ask() for _ in peer.units] for run, peer in peers.items()}
    spent += time.process_time() - start
    print(json.dumps([[run, [list(config.values()) for _, config in jobs]] for run, jobs in asked.items()]), flush=True)
    values = iter(json.loads(sys.stdin.readline()))
    start = time.process_time()
    for run, jobs in asked.items():
        excesses = [next(values) for _ in jobs]
        evaluations[run] += len(jobs)
        if evaluations[run] >= request["budget"] or min(excesses) <= request["target"]:
            del peers[run]
            continue
        for (handle, _), excess in zip(jobs, excesses):
            # The value of the function, whose optimum is not 0: `excess` alone would have more digits than COCO gives.
            peer = peers[run]
            peer.tell(handle, excess + request["optima"][run])
    spent += time.process_time() - start
print(json.dumps({"version": version, "cpuSeconds": spent}), flush=True)
