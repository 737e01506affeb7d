/** Running a cell again, to compare what comes out with its record. */
import { derive, permutation, root, stream } from "@caviar-hpo/core";
import type { Arena } from "../arena/arena.ts";
import type { PartsAtHand } from "../parts/partsAtHand.ts";
import type { CampaignCell } from "../plan/cells.ts";
import { canonicalWire } from "../record/canonical.ts";
import { run } from "../run/run.ts";
import type { EndedRecord } from "./ledger.ts";
import type { LineFault } from "./recompute.ts";

/** The first line that comes out differently, to the bit; null if there is none. The end of the run counts as the line behind the last. */
export function repeat(
  { cell, arena, parts }: { readonly cell: CampaignCell; readonly arena: Arena; readonly parts: PartsAtHand },
  { lines, end }: EndedRecord,
): LineFault | null {
  const outcome = run({ cell, arena: () => arena, parts, recorded: [], onLine: () => {} });
  const expected = [...outcome.lines.map(canonicalWire), canonicalWire({ failed: outcome.failed, spent: end.spent && outcome.spent })];
  const got = [...lines.map(canonicalWire), canonicalWire({ failed: end.failed, spent: end.spent })];
  const line = expected.findIndex((text, index) => text !== got[index]);
  if (line < 0) return null;
  return { line, expected: expected[line]!, got: got[line] ?? "nothing" };
}

/**
 * `count` of the numbers from 0 to `total` - 1, drawn with the Merkle root as the seed. A change of any run changes which runs are
 * repeated.
 */
export function drawn(merkleRoot: string, total: number, count: number): ReadonlySet<number> {
  return new Set(permutation(stream(derive(root(merkleRoot), "repeat")), total).subarray(0, count));
}
