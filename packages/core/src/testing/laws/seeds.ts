/** The same seed gives the same bits, and another seed gives other points. */
import fc from "fast-check";
import type { Problem } from "../../contract/problem.ts";
import { sameJson } from "../../contract/sameJson.ts";
import type { Strategy } from "../../contract/strategy.ts";
import type { Job } from "../../contract/trial.ts";
import type { Event } from "../../study/events.ts";
import { startStudy } from "../../study/study.ts";
import { stringifyWire } from "../../wire/json.ts";
import { runCampaign, toyValue } from "../campaign.ts";
import { play } from "../play.ts";
import { problems } from "../spaces.ts";
import { demandSame, violate } from "../violate.ts";
import { everydaySpace } from "./drawn.ts";
import type { LawMaker } from "./subject.ts";

/** Two studies share one strategy value; the second has another seed and is a step behind. Neither may notice the other. */
export const sameBits: LawMaker = ({ law, cast, create, scripted }) =>
  law("gives the same bits for the same seed and the same order of events", 30, scripted, ([one, key, script]) => {
    const first = play(cast(one, key), script);
    const shared = create();
    const events: Event[] = [];
    const other = startStudy({ problem: one, seed: key + 1, strategy: shared }, (event) => events.push(event));
    const second = play(
      cast(one, key, () => shared),
      script,
      (action) => {
        if (action.kind !== "ask" || other.done) return;
        const { jobs } = other.ask({ want: action.want });
        for (const job of jobs.slice(1)) other.fail(job.id, "threw");
      },
    );
    demandSame("event", first.events, second.events);
    demandSame("event of a study beside it", events, repeatAlone(one, key + 1, create(), events));
  });

export const otherPoints: LawMaker = ({ law, create, can, seed: seeds }) => {
  const drawn = fc.tuple(problems(can, fc.constant(everydaySpace(can.conditional))), seeds);
  return law("gives other points for another seed", 4, drawn, ([problem, seed]) => {
    const points = (key: number): readonly string[] => {
      const study = startStudy({ problem, seed: key, strategy: create() });
      const judge = (job: Job, fidelity: number): number => toyValue(problem, job.config, fidelity, 1);
      runCampaign(study, { workers: 1, trials: 6, pick: () => 0, judge });
      return study.history.trials.map((trial) => stringifyWire(trial.config));
    };
    const [first, second] = [points(seed), points(seed + 1)];
    if (sameJson(first, second)) violate(`points of seed ${seed + 1} that are not those of seed ${seed}`, first.join(", "));
  });
};

/** The events of a study that has the strategy to itself, with the same asks and failures. */
function repeatAlone(problem: Problem, seed: number, strategy: Strategy, events: readonly Event[]): readonly Event[] {
  const alone: Event[] = [];
  const study = startStudy({ problem, seed, strategy }, (event) => alone.push(event));
  for (const event of events) {
    if (event.kind === "asked") study.ask({ want: event.want });
    if (event.kind === "failed") study.fail(event.job, event.reason);
  }
  return alone;
}
