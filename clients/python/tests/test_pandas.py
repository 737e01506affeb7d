"""Studies as tables of pandas, and numbers of NumPy."""

import sys
import unittest
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

import caviar_hpo as caviar


class Tables(unittest.TestCase):
    def test_have_a_row_per_trial(self):
        space = {"x": caviar.real(0, 1), "k": caviar.choice(["a", "b"]), "n": caviar.integer(1, 3, when={"k": "a"})}
        with caviar.Study(space=space, strategy="random", objectives={"loss": "minimize", "size": "maximize"}) as study:
            self.assertEqual(len(study.to_pandas()), 0)
            study.optimize(lambda trial: [trial["x"], 1 / (trial.number - 2)], trials=8)
            table = study.to_pandas()
            self.assertEqual(list(table.columns), ["status", "loss", "size", "x", "k", "n", "fidelity", "duration_seconds", "failure"])
            self.assertEqual(list(table.index), list(range(8)))
            self.assertEqual(list(table["x"]), [trial.config["x"] for trial in study.trials])
            self.assertEqual(table.loc[2, "failure"], "threw")
            self.assertEqual(list(table["n"].notna()), [trial.config["k"] == "a" for trial in study.trials])


class Numbers(unittest.TestCase):
    def test_of_numpy_are_options_and_results(self):
        flags = caviar.choice([np.True_, np.False_, np.int64(3)])
        with caviar.Study(space={"flag": flags}, strategy="grid") as study:
            study.enqueue({"flag": True})
            results = iter([np.float32(0.25), np.array(0.5), np.array([0.75])])
            study.optimize(lambda trial: next(results), trials=3)
            self.assertIs(study.trials[0].config["flag"], np.True_)
            self.assertEqual([trial.value for trial in study.trials], [0.25, 0.5, 0.75])


if __name__ == "__main__":
    unittest.main()
