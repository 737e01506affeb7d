/** Configurations from outside, to try next. The strategy must accept points that it did not propose. */

import type { Config } from "../space/param.ts";
import { checkPartial } from "../space/partial.ts";
import { checkExternal, checkOpen } from "./checks.ts";
import { type Fold, keep } from "./fold.ts";

export function enqueue(fold: Fold, config: Config, atMs: number): void {
  checkOpen(fold.closed);
  checkExternal(fold.strategy);
  keep(fold, { kind: "enqueued", config: checkPartial(fold.problem.space, config), atMs });
}
