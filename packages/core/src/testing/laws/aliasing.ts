/** A strategy that changes what it was given, or what it has answered, throws once both are frozen. */
import { play } from "../play.ts";
import { demandSame } from "../violate.ts";
import { frozen } from "../wrappers.ts";
import type { LawMaker } from "./subject.ts";

export const leavesInputs: LawMaker = ({ law, cast, create, scripted }) =>
  law("leaves its inputs as they were, and its answers as it gave them", 30, scripted, ([one, key, script]) => {
    const free = play(cast(one, key), script);
    const bound = play(
      cast(one, key, () => frozen(create())),
      script,
    );
    demandSame("event", free.events, bound.events);
  });
