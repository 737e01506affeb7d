"""Several processes with the same seed on one study in a journal: python optuna_journal.py [PROCESSES] [TRIALS] [STRATEGY].

Prints what became of the trials, as JSON. Every process runs as many trials; the objective is that of tests/optuna_worker.py.
"""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import optuna
from optuna.storages import JournalStorage
from optuna.storages.journal import JournalFileBackend

processes, trials = (int(word) for word in (sys.argv[1:3] or ["4", "200"]))
strategy = sys.argv[3] if len(sys.argv) > 3 else "tpe"
worker = Path(__file__).resolve().parents[1] / "tests" / "optuna_worker.py"
optuna.logging.set_verbosity(optuna.logging.WARNING)
with tempfile.TemporaryDirectory() as folder:
    path = f"{folder}/journal.log"
    start = time.time()
    workers = [
        subprocess.Popen([sys.executable, worker, path, str(trials), strategy], stdout=subprocess.PIPE, text=True) for _ in range(processes)
    ]
    told = [json.loads(each.communicate()[0]) for each in workers]
    study = optuna.load_study(study_name="shared", storage=JournalStorage(JournalFileBackend(path)))
    found = {
        "optuna": optuna.__version__,
        "strategy": strategy,
        "processes": processes,
        "trialsEach": trials,
        "seconds": round(time.time() - start, 1),
        "trials": len(study.trials),
        "complete": sum(trial.state == optuna.trial.TrialState.COMPLETE for trial in study.trials),
        "distinct": len({tuple(sorted(trial.params.items(), key=str)) for trial in study.trials}),
        "ranByOneProcess": sorted(number for numbers in told for number in numbers) == list(range(processes * trials)),
        "best": study.best_value,
    }
print(json.dumps(found))
