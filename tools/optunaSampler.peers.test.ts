/**
 * The sampler inside Optuna, with Optuna's own tests for samplers too. CAVIAR_OPTUNA4 may name an interpreter with Optuna 4
 * (clients/python/requirements-optuna4.txt), for which the tests run again.
 */
// python: optuna pytest
import { describe, test } from "vitest";
import { expectToPass } from "./pytest.ts";

const python = process.env.CAVIAR_PYTHON || "python3";
const older = process.env.CAVIAR_OPTUNA4;

describe("CaviarSampler", () => {
  test("learns, survives, and is OptunaHub's package", () => expectToPass(python, "test_optuna.py", "test_optunahub.py"));

  test("passes Optuna's tests for samplers", () => expectToPass(python, "test_optuna_suite.py"));

  test.skipIf(!older)("works inside Optuna 4", () => expectToPass(older!, "test_optuna.py"));
});
