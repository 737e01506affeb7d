/** The example client in Python with every strategy that trains each trial once. Built first: `npm run build`. */
import { strategies } from "@caviar-hpo/tune";
import { describe, test } from "vitest";
import { python, tunesWith } from "../testing/pythonClient.ts";

const untrained = strategies.filter(({ needs }) => !needs.includes("fidelity")).map(({ name }) => name);

describe.skipIf(python === undefined)("the Python client", () => {
  test.each(untrained)("tunes a function with %s", tunesWith);
});
