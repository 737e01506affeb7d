/** Section: the command that makes the page again, and the hashes that tell whether it did. */
import type { CampaignResults } from "../results.ts";
import { prose, type Section } from "./block.ts";
import { coded } from "./phrase.ts";

export function reproduce({ command, planHash, dataHash, seeds }: CampaignResults): Section {
  return {
    id: "reproduce",
    title: "How to reproduce",
    blocks: [
      prose(
        "This command runs the plan again and rebuilds the report. The same plan hash and data hash mean the same plan and the same values, bit for bit.",
      ),
      { kind: "code", language: "sh", lines: [command] },
      {
        kind: "facts",
        of: "provenance",
        entries: [
          { name: "plan (SHA-256)", value: [coded(planHash)] },
          { name: "data (SHA-256)", value: [coded(dataHash)] },
          { name: "seeds", value: [seeds.join(", ")] },
        ],
      },
    ],
  };
}
