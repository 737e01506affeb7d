/** How large a browser program is that uses Caviar. */
import { describe, expect, it } from "vitest";
import { bundle, committedTable, programs } from "./bundleSizes.mjs";

/** Compressors and minifiers differ a little from version to version. */
const tolerance = 0.02;

describe.each(programs)("the bundle of $title", ({ file, title, limit }) => {
  it("is within its limit, as large as the table says, and runs", async () => {
    const { code, minified, compressed } = await bundle(file);
    expect(compressed / 1000).toBeLessThanOrEqual(limit);
    const row = committedTable().get(title)!;
    expect(row.limit).toBe(limit);
    for (const [measured, committed] of [
      [minified / 1000, row.minified],
      [compressed / 1000, row.compressed],
    ] as const) {
      expect(Math.abs(measured / committed - 1), `${measured} kB, ${committed} in the table: npm run docs:bundles`).toBeLessThan(tolerance);
    }
    const { best } = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`);
    expect(best).toBeGreaterThanOrEqual(0);
    expect(best).toBeLessThan(0.05);
  });
});

describe("a study over a card", () => {
  it("brings the sampler of its card and no other strategy", async () => {
    const { modules } = await bundle("sobolStudy.ts");
    const strategies = modules.filter((path) => /^packages\/(samplers|hyperband|bayesopt|tune)\//.test(path)).sort();
    expect(strategies).toContain("packages/samplers/src/sobol/sampler.ts");
    expect(modules.filter((path) => path.includes("/wasm/"))).toEqual([]);
    expect(strategies.filter((path) => !path.startsWith("packages/samplers/src/sobol/"))).toEqual([
      "packages/samplers/src/pointSampler.ts",
      "packages/samplers/src/sequence.ts",
      "packages/samplers/src/sequenceSampler.ts",
      "packages/tune/src/best.ts",
      "packages/tune/src/checkpoints.ts",
      "packages/tune/src/failures.ts",
      "packages/tune/src/givenStrategy.ts",
      "packages/tune/src/notices.ts",
      "packages/tune/src/objective.ts",
      "packages/tune/src/observation.ts",
      "packages/tune/src/result.ts",
      "packages/tune/src/runTrials.ts",
      "packages/tune/src/settings.ts",
      "packages/tune/src/study.ts",
      "packages/tune/src/studyByCard.ts",
    ]);
  });
});

describe("the committed table", () => {
  it("has a row for each program and no other", () => {
    expect([...committedTable().keys()]).toEqual(programs.map(({ title }) => title));
  });
});
