/** The runs of a campaign on functions of BBOB, as they are recorded, for COCO. */
import { ConfigError } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";
import { testFunction } from "@caviar-hpo/objectives";
import type { CocoRun } from "@caviar-hpo/report/neighbours";
import { type Disk, nodeDisk } from "@caviar-hpo/runtime/disk";
import { hashOf, type Plan } from "../plan/plan.ts";
import { headOf, readRecord, recordPath } from "../record/record.ts";
import { withArchive } from "../verify/archiveDisk.ts";
import { campaignDisk } from "./campaignFolder.ts";

export type CocoRuns = {
  /** One entry per strategy of the plan. */
  readonly strategies: readonly { readonly label: string; readonly runs: readonly CocoRun[] }[];
  /** The problems of the plan that are no functions of BBOB. */
  readonly others: readonly string[];
  /** The number of runs that are missing or have not ended. */
  readonly missing: number;
};

/**
 * Reads the records of a campaign.
 *
 * @throws ConfigError "notBbob" for a plan without functions of BBOB as COCO has them: in their own boxes, without noise, with a budget of
 * evaluations. JournalError for damaged records.
 */
export function cocoRuns(plan: Plan, folder: string): CocoRuns {
  return cocoRunsOn(nodeDisk, plan, folder);
}

function cocoRunsOn(given: Disk, plan: Plan, folder: string): CocoRuns {
  checkPlan(plan);
  const disk = withArchive(campaignDisk(given), folder);
  const planHash = hashOf(plan);
  const seeds = Array.from({ length: plan.seeds.count }, (_, index) => plan.seeds.first + index);
  const problems = plan.problems.map((problem) => ({ problem, bbob: bbobId(problem) }));
  const instances = problems.flatMap(({ problem, bbob }) =>
    bbob === null ? [] : seeds.map((seed) => ({ problem: problem as string, seed, ...instanceOf(bbob, seed) })),
  );
  let missing = 0;
  const runOf = ({ problem, seed, offset, ...instance }: (typeof instances)[number], strategy: string): readonly CocoRun[] => {
    const cell = { problem, strategy, seed };
    const record = readRecord(disk, recordPath(folder, cell), headOf(planHash, cell));
    if (record?.end === undefined || record.end === null) {
      missing++;
      return [];
    }
    const evaluations = record.lines.flatMap((line) =>
      "x" in line ? [{ x: line.x as readonly number[], value: (line.value ?? NaN) + offset }] : [],
    );
    return evaluations.length === 0 ? [] : [{ ...instance, evaluations }];
  };
  const strategies = plan.strategies.map(({ label }) => ({ label, runs: instances.flatMap((instance) => runOf(instance, label)) }));
  const others = problems.flatMap(({ problem, bbob }) => (bbob === null ? [typeof problem === "string" ? problem : problem.label] : []));
  return { strategies, others, missing };
}

/** `instance` is null where it follows the seed. */
type BbobId = { readonly function: number; readonly dimension: number; readonly instance: number | null };

function bbobId(problem: Plan["problems"][number]): BbobId | null {
  const match = typeof problem === "string" ? /^bbob-f(\d+)-d(\d+)-i(\d+|\{seed\})$/.exec(problem) : null;
  if (match === null) return null;
  return { function: Number(match[1]), dimension: Number(match[2]), instance: match[3] === "{seed}" ? null : Number(match[3]) };
}

/** If the instance follows the seed, the recorded values are counted from its minimum, which is the `offset`. */
function instanceOf({ instance, ...bbob }: BbobId, seed: number): Omit<CocoRun, "evaluations"> & { readonly offset: number } {
  const number = instance ?? seed;
  const { optimum } = testFunction(`bbob-f${bbob.function}-d${bbob.dimension}-i${number}`);
  return { ...bbob, instance: number, optimum: optimum.value, offset: instance === null ? optimum.value : 0 };
}

function checkPlan(plan: Plan): void {
  const refuse = (what: string, expected: string, got: string): never => {
    throw new ConfigError({
      code: "notBbob",
      what: `plan ${plan.name}, ${what}`,
      expected,
      got,
      remedy: "COCO's data are comparable only if all evaluate the same functions. Run a plan with these settings.",
    });
  };
  if (typeof plan.budget !== "number") refuse("budget", "a number of evaluations", "resource");
  if (plan.noise !== null) refuse("noise", "none", plan.noise.model);
  if (plan.instances !== "published") refuse("instances", '"published": the boxes of COCO', show(plan.instances));
  if (plan.problems.every((problem) => bbobId(problem) === null)) refuse("problems", "a function such as bbob-f8-d5-i101", "none");
}
