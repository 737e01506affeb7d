/** The state is all that a strategy remembers, and the log is all that a study needs. */
import fc from "fast-check";
import { replay } from "../../study/replay.ts";
import { parseWire, stringifyWire } from "../../wire/json.ts";
import { decodeProblem, encodeProblem } from "../../wire/problem.ts";
import { eventDecoder } from "../../wire/records.ts";
import { play } from "../play.ts";
import { bounded, boundsOnStarts, scripts } from "../script.ts";
import { demandSame } from "../violate.ts";
import { forgetful } from "../wrappers.ts";
import type { LawMaker } from "./subject.ts";

export const resumesFromState: LawMaker = ({ law, cast, create, problem, seed }) => {
  const forgets = fc.array(fc.boolean(), { minLength: 1, maxLength: 5 });
  return law("resumes from its JSON state at any step", 40, fc.tuple(problem, seed, scripts(60), forgets), ([one, key, script, mask]) => {
    const forget = mask.includes(true) ? mask : [true];
    const whole = play(cast(one, key), script);
    const broken = play(
      cast(one, key, () => forgetful(create, forget)),
      script,
    );
    demandSame("event", whole.events, broken.events);
  });
};

export const reproducedByLog: LawMaker = ({ law, cast, create, problem, seed }) => {
  const drawn = fc.tuple(problem, seed, scripts(60), boundsOnStarts());
  return law("is reproduced by its log, after a journey over the wire too", 40, drawn, ([one, key, script, bounds]) => {
    const { study, events } = play(cast(one, key), bounded(script, bounds));
    const travelled = decodeProblem(parseWire(stringifyWire(encodeProblem(one))));
    const read = eventDecoder(travelled);
    const log = events.map((event) => read(parseWire(stringifyWire(event)), "event"));
    const again = replay({ problem: travelled, seed: key, strategy: create() }, log);
    demandSame("trial", study.history.trials, again.history.trials);
    demandSame("state", [study.state], [again.state]);
    for (let turn = 0; turn < 5; turn++) demandSame("answer", [study.ask({ want: 2 })], [again.ask({ want: 2 })]);
  });
};
