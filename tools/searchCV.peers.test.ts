/** `CaviarSearchCV`, with scikit-learn's own checks of estimators. */
// python: sklearn pytest
import { test } from "vitest";
import { expectToPass } from "./pytest.ts";

test("CaviarSearchCV passes scikit-learn's checks, and searches with few folds", () =>
  expectToPass(process.env.CAVIAR_PYTHON || "python3", "test_sklearn.py"));
