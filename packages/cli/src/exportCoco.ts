/** Writes the runs of a campaign as data folders of COCO, one per strategy. */
import { join } from "node:path";
import { type CocoRuns, cocoRuns, readPlan } from "@caviar-hpo/bench";
import { counted, slug } from "@caviar-hpo/core/text";
import { cocoFiles } from "@caviar-hpo/report/neighbours";
import { printable } from "@caviar-hpo/runtime/terminal";
import { readJson } from "./readJson.ts";
import type { Terminal } from "./terminal/terminal.ts";
import { writeWhole } from "./writeWhole.ts";

export function exportCoco(campaign: string, target: string, { stderr }: Terminal): void {
  const found = cocoRuns(readPlan(readJson("plan", join(campaign, "plan.json"))), campaign);
  const folders = folderNames(found.strategies.map(({ label }) => label));
  let written = 0;
  found.strategies.forEach(({ label, runs }, index) => {
    for (const { path, text } of cocoFiles(label, runs)) {
      writeWhole(join(target, folders[index]!, path), text);
      written++;
    }
  });
  for (const line of remarks(found)) stderr.write(`${line}\n`);
  stderr.write(`Wrote ${counted(written, "file")} into ${printable(target)}\n`);
}

function remarks({ others, missing }: CocoRuns): readonly string[] {
  return [
    ...(others.length === 0 ? [] : [`Left out, because they are no functions of BBOB: ${others.map(printable).join(", ")}`]),
    ...(missing === 0 ? [] : [`Left out, because they are missing or have not ended: ${counted(missing, "run")}`]),
  ];
}

/** Names of folders on every system: slugs, each once. */
function folderNames(labels: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return labels.map((label, index) => {
    const plain = slug(slug(label).slice(0, 40));
    const usable = plain !== "" && !taken.has(plain) && !/^(?:con|prn|aux|nul|com\d|lpt\d)$/.test(plain);
    const name = usable ? plain : `${plain === "" ? "strategy" : plain}-${index + 1}`;
    taken.add(name);
    return name;
  });
}
