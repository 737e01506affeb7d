/**
 * What a newcomer is told in CONTRIBUTING.md is enough: the template of a sampler, copied as it is, works outside the packages, and becomes
 * a strategy of the package by its file, its test and its place in one list.
 */
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import type { Card, SamplerCard } from "@caviar-hpo/core";
import { composeCards } from "@caviar-hpo/core/contract";
import { cardLaws } from "@caviar-hpo/core/testing";
import { ashaCard } from "@caviar-hpo/hyperband";
import { samplerCards as shippedCards } from "@caviar-hpo/samplers";
import { createStudy, real } from "@caviar-hpo/tune";
import { describe, expect, it, test } from "vitest";
import { readBlocks, typeFaults, writeModules } from "./docs.ts";
import { workspaceRoot } from "./workspace.ts";

const template = readBlocks().find(({ file, code }) => file === "CONTRIBUTING.md" && code.includes("export const bestCandidateCard"))!;

const folder = join(workspaceRoot, ".cache", "template");
const modules = writeModules([template], folder);
const { bestCandidateCard: card } = (await import(/* @vite-ignore */ modules.get(template)!)) as {
  readonly bestCandidateCard: SamplerCard;
};

describe("the template of a sampler, outside the packages,", () => {
  it("type-checks", () => {
    expect(typeFaults(modules, folder)).toEqual([]);
  });

  describe("obeys the laws:", () => {
    for (const law of cardLaws(card, { runs: 0.5 })) test(law.name, law.run);
  });

  it("runs in a study by its card, with options and without, and over again to the same bits", async () => {
    const optimise = async (strategy: Card | { readonly card: Card; readonly options: { readonly candidates: number } }) => {
      const study = createStudy({ space: { x: real(-5, 5), y: real(-5, 5) }, strategy, seed: 3 });
      await study.optimize(({ config }) => config.x ** 2 + config.y ** 2, { trials: 40 });
      return study.core.history.trials.map(({ config }) => config);
    };
    const [plain, spoken, one] = [
      await optimise(card),
      await optimise({ card, options: { candidates: 10 } }),
      await optimise({ card, options: { candidates: 1 } }),
    ];
    expect(plain).toHaveLength(40);
    expect(spoken).toEqual(plain);
    expect(one).not.toEqual(plain);
  });

  it("chooses points for a scheduler", async () => {
    const study = createStudy({
      space: { x: real(0, 1) },
      fidelity: { unit: "epochs", min: 1, max: 9, whole: true },
      resumable: true,
      strategy: composeCards({ name: "evenAsha", doc: "ASHA over points far from each other." }, ashaCard, card),
    });
    const { value } = await study.optimize(({ config, until }) => Math.abs(config.x - 0.3) + 1 / until, { trials: 40 });
    expect(value).toBeLessThan(0.2);
  });
});

describe("the template of a sampler, in its package,", () => {
  const source = join(workspaceRoot, "packages/samplers/src");
  const copy = join(workspaceRoot, ".cache", "template-package", "src");

  it("is a shipped strategy once its file and its test are there and the list names it", async () => {
    rmSync(copy, { recursive: true, force: true });
    cpSync(source, copy, { recursive: true });
    writeFileSync(join(copy, "../package.json"), JSON.stringify({ type: "module" }));
    writeFileSync(join(copy, "bestCandidate.ts"), `${template.code}\n`);
    writeFileSync(join(copy, "bestCandidate.test.ts"), testOfTemplate);
    const list = readFileSync(join(copy, "cards.ts"), "utf8");
    writeFileSync(
      join(copy, "cards.ts"),
      list
        .replace("  differentialEvolutionCard,\n", "  differentialEvolutionCard,\n  bestCandidateCard,\n")
        .replace("import { coarse", 'import { bestCandidateCard } from "./bestCandidate.ts";\nimport { coarse'),
    );
    expect(changedFiles(source, copy)).toEqual(["bestCandidate.test.ts", "bestCandidate.ts", "cards.ts"]);
    const { samplerCards } = (await import(/* @vite-ignore */ join(copy, "index.ts"))) as { readonly samplerCards: readonly Card[] };
    expect(samplerCards.map(({ name }) => name)).toEqual([...shippedCards.map(({ name }) => name), "bestCandidate"]);
    rmSync(copy, { recursive: true, force: true });
  });
});

const testOfTemplate = `import { cardLaws } from "@caviar-hpo/core/testing";
import { test } from "vitest";
import { bestCandidateCard } from "./bestCandidate.ts";

for (const law of cardLaws(bestCandidateCard)) test(law.name, law.run);
`;

/** Files of one folder that the other has not, or has otherwise. */
function changedFiles(before: string, after: string): readonly string[] {
  return readdirSync(after, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(after, join(entry.parentPath, entry.name)))
    .filter(
      (path) => !existsSync(join(before, path)) || readFileSync(join(before, path), "utf8") !== readFileSync(join(after, path), "utf8"),
    )
    .sort();
}
