import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { real } from "@caviar-hpo/tune";
import { afterEach, expect, it } from "vitest";
import { openStudy } from "../log/openStudy.ts";

const folder = mkdtempSync(join(tmpdir(), "caviar-command-"));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("a Python script gets its configuration as arguments and prints its result", async () => {
  const study = await openStudy(folder, { space: { x: real(0, 1) } });
  const script = "import sys, json; print('hello'); print(json.dumps({'value': (float(sys.argv[2]) - 0.3) ** 2}))";
  const best = await study.optimize(
    { command: ["python3", "-c", script.replaceAll("{", "{{").replaceAll("}", "}}"), "--x", "{x}"] },
    { trials: 8, workers: 2 },
  );
  expect(best.value).toBeLessThan(0.05);
  expect(study.trials().map(({ config, curve }) => curve[0]!.values[0]! === (Number(config.x) - 0.3) ** 2)).toEqual(Array(8).fill(true));
  study.close();
});
