"""What a trial costs besides its objective: processor time of Python and of the server, in milliseconds, in a space of five reals.

    python optuna_overhead.py     needs optuna, torch and scipy; prints a table
"""

import os
import statistics
import sys
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = "1"
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

import optuna
from measuring import cpu_seconds, server_seconds
from optuna.samplers import GPSampler, RandomSampler, TPESampler

from caviar_hpo.optuna import CaviarSampler

optuna.logging.set_verbosity(optuna.logging.ERROR)
SAMPLERS = {
    "`RandomSampler`": RandomSampler,
    '`CaviarSampler("random")`': lambda seed: CaviarSampler("random", seed=seed),
    "`TPESampler`": TPESampler,
    '`CaviarSampler("tpe")`': lambda seed: CaviarSampler("tpe", seed=seed),
    "`GPSampler`": GPSampler,
    "`CaviarSampler()`": CaviarSampler,
}
WARM, ENDS = 20, (40, 100)


def milliseconds(make, trials):
    """A trial's median cost over three seeds, from trial WARM on."""
    costs = []
    for seed in range(3):
        study = optuna.create_study(sampler=make(seed=seed))
        study.optimize(objective, n_trials=WARM)
        server = getattr(study.sampler, "_server", None)
        start = spent(server)
        study.optimize(objective, n_trials=trials - WARM)
        costs.append(1000 * (spent(server) - start) / (trials - WARM))
        if server:
            server.close()
    return statistics.median(costs)


def spent(server):
    return cpu_seconds() + (server_seconds(server) if server else 0)


def objective(trial):
    return sum((trial.suggest_float(f"x{n}", 0, 1) - 0.3) ** 2 for n in range(5))


optuna.create_study(sampler=GPSampler(seed=0)).optimize(objective, n_trials=12)
print(f"| sampler | {' | '.join(f'trials {WARM} to {end}' for end in ENDS)} |\n|---|{'---|' * len(ENDS)}")
for name, make in SAMPLERS.items():
    cells = [f"{milliseconds(make, end):.1f} ms" if end == ENDS[0] or "GP" not in name else "" for end in ENDS]
    print(f"| {name} | {' | '.join(cells)} |", flush=True)
