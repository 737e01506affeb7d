/** Section: how to check the runs, to make the page and its figures again, and to cite them; and where the runs were computed. */
import type { CampaignMachine, CampaignResults } from "../results.ts";
import { type Facts, prose, type Section } from "./block.ts";
import { citation } from "./citation.ts";
import { coded, named, type Phrase } from "./phrase.ts";
import { shownCommand } from "./shownCommand.ts";

export function reproduce(results: CampaignResults): Section {
  return {
    id: "reproduce",
    title: "How to reproduce and to cite",
    blocks: [
      prose(
        "The folder of this page holds the runs. In that folder, the first command checks every run, and the second makes the page, each figure in its files (SVG, CSV and JSON) and each table (LaTeX) again:",
      ),
      { kind: "code", language: "sh", lines: ["npx caviar-hpo verify .", "npx caviar-hpo report ."] },
      prose(
        "The next command runs the plan again. If the plan hash and the Merkle root are the same, the plan and all values are the same, bit for bit.",
      ),
      { kind: "code", language: "sh", lines: [shownCommand(results.command)] },
      origins(results),
      prose(
        "To cite the campaign, use this entry. To cite a part of the page, copy its address: it holds what you have chosen, sorted and filtered.",
      ),
      { kind: "code", language: "text", lines: citation(results) },
    ],
  };
}

function origins({ planHash, dataHash, seeds, origin }: CampaignResults): Facts {
  const { authors = [], day, machines = [] } = origin ?? {};
  return {
    kind: "facts",
    of: "provenance",
    entries: [
      { name: "plan (SHA-256)", value: [coded(planHash)] },
      { name: "runs (Merkle root)", value: [coded(dataHash)] },
      { name: "seeds", value: [seeds.join(", ")] },
      { name: "authors", value: authors.length === 0 ? ["not stated"] : [named(authors.join(", "))] },
      { name: "begun on", value: day === undefined ? ["not recorded"] : [named(day)] },
      ...machines.map((machine, index) => ({
        name: machines.length === 1 ? "computed with" : `computed with, ${index + 1}`,
        value: machineWords(machine),
      })),
    ],
  };
}

function machineWords({ commit, unchanged, version, lockfile, node, system, processor }: CampaignMachine): Phrase {
  const parts: readonly Phrase[] = [
    ...(version === null ? [] : [["Caviar ", named(version)]]),
    ...(commit === null ? [] : [["commit ", coded(commit), unchanged === true ? "" : unchanged === false ? " with changes" : ""]]),
    ...(lockfile === null ? [] : [["lockfile ", coded(lockfile.slice(0, 16))]]),
    ...(node === null ? [] : [["Node ", named(node)]]),
    ...(system === null ? [] : [[named(system)]]),
    ...(processor === null ? [] : [[named(processor)]]),
  ];
  return parts.flatMap((part, index) => (index === 0 ? part : [", ", ...part]));
}
