"""Parameters: how they are written for the server, and which values of Python come back. No server runs."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

import caviar_hpo as caviar
from caviar_hpo import _words
from caviar_hpo.space import Space


class Parameters(unittest.TestCase):
    def test_are_written_in_their_order(self):
        space = Space(
            {
                "C": caviar.real(1e-3, 1000, scale="log"),
                "kernel": caviar.choice(["rbf", "poly"]),
                "degree": caviar.integer(2, 5, when={"kernel": "poly"}),
                "units": caviar.integer(10, 30, step=5),
            }
        )
        self.assertEqual(
            space.wire(),
            [
                {"name": "C", "kind": "real", "low": 1e-3, "high": 1000.0, "scale": "log"},
                {"name": "kernel", "kind": "choice", "options": ["rbf", "poly"], "ordered": False},
                {
                    "name": "degree",
                    "kind": "given",
                    "parent": "kernel",
                    "values": ["poly"],
                    "param": {"kind": "int", "low": 2, "high": 5, "scale": "linear"},
                },
                {"name": "units", "kind": "int", "low": 10, "high": 30, "scale": "linear", "step": 5},
            ],
        )

    def test_come_back_as_their_kind_says(self):
        space = Space({"x": caviar.real(0, 2), "n": caviar.integer(1, 3), "flag": caviar.choice([True, 1, 2.5])})
        config = space.read({"x": 1, "n": 2.0, "flag": True})
        self.assertEqual([repr(value) for value in config.values()], ["1.0", "2", "True"])
        self.assertEqual(repr(space.read({"flag": 1})["flag"]), "1")
        self.assertEqual(repr(space.read({"flag": 2.5})["flag"]), "2.5")

    def test_options_may_be_any_object_whose_text_stays_the_same(self):
        sizes = [(50,), (50, 50), None]
        space = Space({"sizes": caviar.choice(sizes), "rate": caviar.real(0, 1, when={"sizes": [None, (50,)]})})
        self.assertEqual(space.wire()[0]["options"], ["(50,)", "(50, 50)", "None"])
        self.assertEqual(space.wire()[1]["values"], ["None", "(50,)"])
        for option in sizes:
            written = space.write({"sizes": option})
            self.assertIs(space.read(written)["sizes"], option)
        with self.assertRaisesRegex(ValueError, "same in every process"):
            caviar.choice([object()])

    def test_of_the_server_are_the_ones_that_were_sent(self):
        parameters = {
            "a": caviar.real(0, 1, step=0.25),
            "b": caviar.choice(["x", 2, True], ordered=True),
            "c": caviar.integer(1, 9, scale="log", when={"b": [True, "x"]}),
        }
        self.assertEqual(Space.of_wire(Space(parameters).wire()).parameters, parameters)

    def test_mistakes_are_named(self):
        for make, words in (
            (lambda: Space({"x": (0, 1)}), r"space\['x'\]: .* Write caviar.integer\(0, 1\)"),
            (lambda: Space({"x": ["a", "b"]}), r"Write caviar.choice\(\['a', 'b'\]\)"),
            (lambda: caviar.real("0", 1), "low: expected a number, got '0'"),
            (lambda: caviar.integer(1, 2.5), "high: expected a whole number, got 2.5"),
            (lambda: caviar.choice("rbf"), r"Write \['rbf'\]"),
            (lambda: caviar.integer(1, 2, when={"a": 1, "b": 2}), "when: expected one parameter"),
        ):
            with self.subTest(words), self.assertRaisesRegex(ValueError, words) as caught:
                make()
            self.assertIsInstance(caught.exception, caviar.CaviarError)


class Words(unittest.TestCase):
    def test_of_the_server_become_those_of_python(self):
        space = Space({"C": caviar.real(0, 1)})
        for text, expected in (
            ("params.problem.space[0].scale: expected", "space['C'].scale: expected"),
            ("params.problem.space[0].param.low: expected", "space['C'].low: expected"),
            ("got true. Pass extend: true.", "got True. Pass extend=True."),
            ("params.strategy.options.eta: got null", "strategy_options.eta: got None"),
        ):
            self.assertEqual(_words.in_python(text, space), expected)


if __name__ == "__main__":
    unittest.main()
