/** What an ask may bring: no more jobs than were wanted, none once the strategy is done, and old trials only where they are paused. */
import fc from "fast-check";
import { choice, int, type Space } from "../../space/param.ts";
import { createSpace } from "../../space/space.ts";
import { play } from "../play.ts";
import { type Script, scripts } from "../script.ts";
import { fidelities, problems } from "../spaces.ts";
import { violate } from "../violate.ts";
import { insistent, modest } from "../wrappers.ts";
import type { LawMaker } from "./subject.ts";

export const givesWhatIsWanted: LawMaker = ({ law, cast, create, scripted }) =>
  law("gives at most what is wanted, and wanting nothing changes nothing", 30, scripted, ([one, key, script]) => {
    play(
      cast(one, key, () => modest(create())),
      script,
    );
  });

export const doneForGood: LawMaker = ({ law, cast, create, can, problem, seed }) => {
  const drawn = fc.tuple(fc.oneof(problem, problems(can, tinySpaces())), seed, scripts(60));
  return law("is done for good once it is done", 30, drawn, ([one, key, script]) => {
    play(
      cast(one, key, () => insistent(create())),
      [...script, ...patience],
    );
  });
};

export const resumesPaused: LawMaker = ({ law, cast, problem, seed }) => {
  const drawn = fc.tuple(problem, seed, scripts(60), fidelities());
  return law("resumes only trials that wait for it", 30, drawn, ([one, key, script, fidelity]) => {
    const statuses = new Map<number, string>();
    play(cast({ ...one, fidelity }, key), script, (_action, outcome, study) => {
      for (const job of outcome.kind === "asked" ? outcome.asked.jobs : []) {
        const status = statuses.get(job.trial) ?? "paused";
        if (status !== "paused") violate("to resume paused trials only", `trial ${job.trial}, ${status}`);
        statuses.set(job.trial, "running");
      }
      for (const trial of study.history.trials) statuses.set(trial.id, trial.status);
    });
  });
};

/** Enough steps for most strategies that can be done to be done. */
const patience: Script = Array.from({ length: 40 }, (_, turn) =>
  turn % 4 === 0 ? { do: "ask", want: 4 } : { do: "report", job: turn, at: "end", value: turn % 5, constraint: 0 },
);

/** Spaces of so few points that a strategy can try all of them. */
function tinySpaces(): fc.Arbitrary<Space> {
  return fc.constantFrom(
    createSpace({}),
    createSpace({ a: choice(["x", "y", "z"]) }),
    createSpace({ a: choice([true, false]), b: int(1, 3) }),
    createSpace({ a: int(0, 1), b: int(0, 1), c: int(0, 1) }),
  );
}
