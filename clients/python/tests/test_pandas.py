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
            table = study.to_pandas()
            self.assertEqual((len(table), list(table.columns)[:2]), (0, ["status", "loss"]))
            study.optimize(lambda trial: [trial["x"], 1 / (trial.number - 2)], trials=8)
            table = study.to_pandas()
            self.assertEqual(list(table.columns), ["status", "loss", "size", "x", "k", "n", "fidelity", "duration_seconds", "failure"])
            self.assertEqual(list(table.index), list(range(8)))
            self.assertEqual(list(table["x"]), [trial.config["x"] for trial in study.trials])
            self.assertEqual(table.loc[2, "failure"], "threw")
            self.assertEqual(list(table["n"].notna()), [trial.config["k"] == "a" for trial in study.trials])

    def test_keep_columns_of_equal_names_apart(self):
        space = {name: caviar.real(low, low + 0.5) for low, name in enumerate(["value", "status", "x"])}
        with caviar.Study(space=space, strategy="random") as study:
            study.optimize(lambda trial: 9, trials=1)
            table = study.to_pandas()
            columns = ["status", "value", "params_value", "params_status", "x", "fidelity", "duration_seconds", "failure"]
            self.assertEqual(list(table.columns), columns)
            config = study.trials[0].config
            self.assertEqual(list(table.loc[0])[:5], ["finished", 9, config["value"], config["status"], config["x"]])


class Numbers(unittest.TestCase):
    def test_of_numpy_are_options_and_results(self):
        flags = caviar.choice([np.True_, np.False_, np.int64(3)])
        with caviar.Study(space={"flag": flags}, strategy="grid") as study:
            study.enqueue({"flag": True})
            results = iter([np.float32(0.25), np.array(0.5), np.array([0.75])])
            study.optimize(lambda trial: next(results), trials=np.int64(3), patience=np.int64(9))
            self.assertIs(study.trials[0].config["flag"], np.True_)
            self.assertEqual([trial.value for trial in study.trials], [0.25, 0.5, 0.75])


if __name__ == "__main__":
    unittest.main()
