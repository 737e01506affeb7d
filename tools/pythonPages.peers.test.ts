/** The Python blocks of docs/optuna.md and docs/scikit-learn.md. */
// python: optuna sklearn pytest
import { test } from "vitest";
import { expectToPass } from "./pytest.ts";

test("the pages about Optuna and scikit-learn run and print what they promise", () =>
  expectToPass(process.env.CAVIAR_PYTHON || "python3", "test_pages.py"));
