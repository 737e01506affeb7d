"""A program as users write it, for the type checkers: they check it, and no test runs it."""

from __future__ import annotations

import caviar_hpo as caviar

study = caviar.Study(
    "runs/svm",
    goal="minimize",
    space={
        "C": caviar.real(1e-3, 1e3, scale="log"),
        "kernel": caviar.choice(["rbf", "poly"]),
        "degree": caviar.integer(2, 5, when={"kernel": "poly"}),
        "sizes": caviar.choice([(50,), None]),
    },
    where=["C < 900", {"forbid": {"kernel": "poly", "C": {"min": 100}}}],
    fidelity=caviar.fidelity("epochs", 1, 9),
)


def train(trial: caviar.Trial) -> float | None:
    c: float = trial["C"]
    for epoch in range(int(trial.start) + 1, int(trial.until) + 1):
        if not trial.measure(c / epoch, fidelity=epoch):
            return None
    return c


def measured(trial: caviar.Trial) -> caviar.Result:
    if trial["C"] > 1:
        raise caviar.Infeasible("too large")
    return caviar.Result([1.0, 2.0], constraints=[0.5], cost_seconds=3)


def heard(trial: caviar.TrialRecord) -> None:
    reason: str | None = None if trial.failure is None else trial.failure.reason
    print(trial.number, trial.value, reason)


best: caviar.Best = study.optimize(train, trials=60, workers=4, on_trial=heard)
value: float = best.value
study.optimize(measured, seconds=3, executor="thread")
study.optimize(measured, patience=20, min_gain=0.01, repetitions=3)
study.optimize(train, no_gain=True)
study.optimize(train, no_gain=caviar.NoGain(min_gain=0.01), min_gain_per_second=1e-5)
if study.ended is not None and study.ended.rule == "noGain":
    reasons: list[str] = [study.ended.reason, *(advice.reason for advice in study.ended.advice)]
study.annotate({"commit": "f00"})
study.annotate({"host": "a"}, trial=best.number)
shared = caviar.Study(server="runs/socket", name="svm")
shared = caviar.Study(server="http://127.0.0.1:8765", token_file="runs/token", name="svm")
first, *others = study.ask(3)
study.tell(first, 0.5)
study.tell(first.number, [0.5])
study.fail(others[0], "infeasible", error=MemoryError())
records: list[caviar.TrialRecord] = study.trials
rows: int = len(study.to_pandas())
option: tuple[tuple[int] | None, ...] = caviar.choice([(50,), None]).options
try:
    study.enqueue({"C": 3})
except caviar.InputError as error:
    code: str = error.code

# Each of these is a mistake. An ignored line without one is an error too.
study.optimise(train)  # type: ignore[attr-defined]
study.optimize(train, trials="60")  # type: ignore[arg-type]
study.optimize(lambda: 1, trials=60)  # type: ignore[arg-type, misc]
caviar.Study(goal="minimise")  # type: ignore[arg-type]
study.optimize(train, patience={"trials": 3})  # type: ignore[arg-type]
caviar.real(0, 1, scale="lgo")  # type: ignore[arg-type]
caviar.Study(space={"x": (0, 1)})  # type: ignore[dict-item]
study.fail(first, "broke")  # type: ignore[arg-type]
