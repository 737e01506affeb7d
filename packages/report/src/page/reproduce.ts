/** Section: the command that produces the page again, and the hashes that show whether the result is the same. */
import type { CampaignResults } from "../results.ts";
import { prose, type Section } from "./block.ts";
import { coded } from "./phrase.ts";

export function reproduce({ command, planHash, dataHash, seeds }: CampaignResults): Section {
  return {
    id: "reproduce",
    title: "How to reproduce",
    blocks: [
      prose(
        "This command runs the plan again and rebuilds the report. If the plan hash and the data hash are the same, the plan and all values are the same, bit for bit.",
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
