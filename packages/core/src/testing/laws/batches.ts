/** A batch is spread like a sequence. What that means depends on whether the strategy optimises the points of a batch jointly. */
import { play } from "../play.ts";
import { batchSpread, sequenceSpread } from "../spread.ts";
import { demandSame, violate } from "../violate.ts";
import type { LawMaker } from "./subject.ts";

const name = "spreads a batch like a sequence";

export const spreadsBatches: LawMaker = (subject) => (subject.can.batch ? keepsApart(subject) : sameAsSingly(subject));

/** One ask for n jobs, and n asks for one job with nothing told between, give the same trials. */
const sameAsSingly: LawMaker = ({ law, cast, scripted }) =>
  law(name, 40, scripted, ([one, key, script]) => {
    const together = play(cast(one, key), script);
    const singly = play({ ...cast(one, key), singly: true }, script);
    demandSame("trial", singly.study.history.trials, together.study.history.trials);
  });

/** Points that are optimised jointly need not be those of a sequence, but they keep as far apart. */
const keepsApart: LawMaker = ({ law, create, seed }) =>
  law(name, 3, seed, (first) => {
    const seeds = Array.from({ length: 16 }, (_, index) => first + index);
    const ratio = batchSpread(create, seeds) / sequenceSpread(create, seeds);
    if (!(ratio >= 0.8)) violate("a batch whose mean least distance is at least 0.8 of a sequence's", `${ratio} of it`);
  });
