/** Later versions restore the snapshots of every released format, or say why not. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Card, type Json, logFormat } from "@caviar-hpo/core";
import { parseWire, stringifyWire } from "@caviar-hpo/core/wire";
import { createSession } from "@caviar-hpo/runtime";
import { createStrategy, strategies } from "@caviar-hpo/tune";
import { describe, expect, it, test } from "vitest";

type Saved = {
  readonly snapshot: { readonly strategy: { readonly name: string; readonly version: number } };
  readonly running: readonly Json[];
  readonly next: { readonly want: number; readonly jobs: readonly Json[] };
};
type Answer = {
  readonly result?: { readonly [name: string]: Json };
  readonly error?: { readonly data: { readonly [name: string]: Json } };
};

/** The strategies that each format was released with; a strategy in none of the lists is newer. */
const released: { readonly [format: string]: readonly string[] } = {
  1: [
    "asha",
    "asynchronousHyperband",
    "bayesopt",
    "bohb",
    "caviar",
    "coarseToFine",
    "dehb",
    "differentialEvolution",
    "gpHyperband",
    "grid",
    "halton",
    "hyperband",
    "latinHypercube",
    "medianRule",
    "panda",
    "pasha",
    "populationBased",
    "rSequence",
    "random",
    "sobol",
    "successiveHalving",
    "tpe",
  ],
};

const cautiousAsks = "on mixed spaces, a cautious model decides every third ask, and a classifier judges failures";
const untriedFirst = "no configuration is tried twice while others are left";

/** Snapshots, by their titles, that are refused since their strategy's version was raised, each with what has changed. */
const superseded: { readonly [title: string]: string } = {
  "1/asha": "a trial is judged at its first report past a rung, and the best trial is trained to the end",
  "1/asynchronousHyperband": "as asha",
  "1/bayesopt": cautiousAsks,
  "1/bohb": untriedFirst,
  "1/coarseToFine": untriedFirst,
  "1/dehb": untriedFirst,
  "1/differentialEvolution": untriedFirst,
  "1/gpHyperband": cautiousAsks,
  "1/medianRule": "a trial is judged at its first report past a step",
  "1/pasha": "the best trial is trained to the highest rung",
  "1/panda": "a nudge moves a stepped value, and one at 0, by at least a step",
  "1/populationBased": "a perturbation turns back at a bound, and at least one member takes over",
  "1/tpe": untriedFirst,
};

const folder = fileURLToPath(new URL("../testing/formats/", import.meta.url));
const snapshots = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: format }) =>
    readdirSync(join(folder, format)).map((file) => {
      const saved = parseWire(readFileSync(join(folder, format, file), "utf8")) as unknown as Saved;
      return [`${format}/${saved.snapshot.strategy.name}`, saved] as const;
    }),
  );

/** A session as `caviar serve` has it; `raise` is added to the versions of its strategies. */
function connect(raise = 0): (method: string, params: unknown) => Answer {
  const raised = strategies.map(
    (card): Card => ({
      ...card,
      create: (options) => {
        const strategy = card.create(options);
        return { ...strategy, version: strategy.version + raise };
      },
    }),
  );
  const session = createSession(raised);
  return (method, params) => {
    const request = stringifyWire({ jsonrpc: "2.0", id: 1, method, params: params as Json });
    return parseWire(session.answer(request)!) as Answer;
  };
}

describe.each(snapshots)("the snapshot %s", (title, { snapshot, running, next }) => {
  it("is restored, with the jobs that ran, and the study continues with the jobs that it would have given then", () => {
    const call = connect();
    const { result, error } = call("restore", { snapshot });
    if (title in superseded) {
      expect(error?.data).toMatchObject({ code: "diverged" });
      expect(createStrategy(snapshot.strategy.name).version).toBeGreaterThan(snapshot.strategy.version);
      return;
    }
    expect(error).toBeUndefined();
    expect(result).toMatchObject({ name: snapshot.strategy.name, version: snapshot.strategy.version, running });
    expect(next.jobs).not.toEqual([]);
    const again = call("snapshot", {}).result!.snapshot as { readonly [key: string]: Json };
    expect(again.format).toBe(logFormat);
    expect(connect()("restore", { snapshot: again }).result).toEqual(result);
    expect(call("ask", { want: next.want }).result?.jobs).toEqual(next.jobs);
  });

  it("is refused by a later version of its strategy, which says what to do with it", () => {
    const { result, error } = connect(1000)("restore", { snapshot });
    expect(result).toBeUndefined();
    expect(error?.data).toMatchObject({ code: "diverged", remedy: expect.stringContaining("observe them in a new study") as string });
  });
});

test("each format has a snapshot of every strategy that it was released with, and the registry still has them all", () => {
  const saved: { [format: string]: string[] } = {};
  for (const [title, { snapshot }] of snapshots) {
    const format = title.split("/")[0]!;
    saved[format] = [...(saved[format] ?? []), snapshot.strategy.name].sort();
  }
  expect(saved).toEqual(released);
  expect(strategies.map(({ name }) => name)).toEqual(expect.arrayContaining(Object.values(released).flat()));
});
