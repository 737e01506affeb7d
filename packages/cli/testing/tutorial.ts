/** The files of docs/own-sampler.md in a folder, as a reader of the page saves them. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readPlan, runCampaign } from "@caviar-hpo/bench";
import type { CampaignResults } from "@caviar-hpo/report";

const page = fileURLToPath(new URL("../../../docs/own-sampler.md", import.meta.url));

/** @param change what to do with the plan before it is saved. @returns the names of the files. */
export function saveTutorial(folder: string, change: (plan: TutorialPlan) => object): readonly string[] {
  const blocks = [...readFileSync(page, "utf8").matchAll(/^```(\w+)\n(.*?)^```$/gms)];
  const modules = blocks.flatMap(([, language, code]) => {
    const name = /^\/\/ (\S+\.mjs)\n/.exec(code!)?.[1];
    return language === "text" && name !== undefined ? [{ name, text: code! }] : [];
  });
  const [plan] = blocks.filter(([, language]) => language === "json").map(([, , code]) => JSON.parse(code!) as TutorialPlan);
  const files = [...modules, { name: "plan.json", text: JSON.stringify(change(plan!)) }];
  for (const { name, text } of files) writeFileSync(join(folder, name), text);
  return files.map(({ name }) => name);
}

export type TutorialPlan = { readonly strategies: readonly { readonly name?: string; readonly module?: string }[] };

/** The results of a campaign that has ended. They are read without its code. */
export function campaignIn(folder: string): Promise<CampaignResults> {
  const [plan, head] = ["plan.json", "campaign.json"].map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")) as unknown);
  return runCampaign(readPlan(plan), folder, { command: (head as { readonly command: string }).command, workers: 1 });
}
