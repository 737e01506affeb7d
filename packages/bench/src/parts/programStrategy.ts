/**
 * A strategy over the wire (docs/wire-format.md): a program holds the study of one run, and this strategy passes everything on. Trials and
 * jobs have the same numbers on both sides. Each run has a process of its own, so that no run depends on earlier ones.
 */
import type { Json, Problem, Report, Strategy, StrategyOptions, TrialId } from "@caviar-hpo/core";
import type { Answer, Proposal } from "@caviar-hpo/core/contract";
import { array, boolean, type Decoded, type Decoder, number, object, string, typed, union } from "@caviar-hpo/core/read";
import { configDecoder, decodeDirective, decodeThen, encodeProblem, jobDecoder } from "@caviar-hpo/core/wire";
import type { ProgramPart } from "./part.ts";
import { noAnswer, openWire, type Wire } from "./wire.ts";

export type ProgramStudy = {
  /** How errors call it. */
  readonly title: string;
  readonly program: Omit<ProgramPart, "kind">;
  /** The name of the strategy in the program. */
  readonly name: string;
  readonly options: StrategyOptions;
  readonly problem: Problem;
  readonly seed: string;
};

/** A strategy, the version that the program gives it, and how its program is ended. */
export type OpenedStrategy = { readonly strategy: Strategy; readonly version: number | string; close(): void };

/**
 * Starts the program and opens a study.
 *
 * @throws ConfigError if the program does not take the problem. ExternalError if it does not answer as the wire format says.
 */
export function openProgramStrategy({ title, program, name, options, problem, seed }: ProgramStudy): OpenedStrategy {
  const wire = openWire(title, program);
  try {
    const strategy = { name, ...(Object.keys(options).length > 0 && { options }) };
    const opened = wire.propose("open", { protocol: 2, problem: encodeProblem(problem), strategy, seed });
    const { version, can } = wire.read("open", decodeOpened, { version: opened.version, can: opened.can });
    return { strategy: strategyOver({ wire, title, name, can, problem }), version, close: wire.close };
  } catch (thrown) {
    wire.close();
    throw thrown;
  }
}

type Can = Strategy["can"];

const abilities = { batch: boolean, fidelity: boolean, conditional: boolean, objectives: number, constraints: boolean, external: boolean };
const otherAbilities = { resumes: boolean, plans: boolean, beliefs: boolean, ignores: array(string, 1000) } satisfies {
  readonly [K in Exclude<keyof Can, keyof typeof abilities>]-?: Decoder<Required<Can>[K]>;
};

const decodeOpened = object({
  version: union("a number or a text", typed("number", number), typed("string", string)),
  can: object(abilities, otherAbilities) satisfies Decoder<Can>,
});

type Far = {
  readonly wire: Wire;
  readonly title: string;
  readonly name: string;
  readonly can: Strategy["can"];
  readonly problem: Problem;
};

function strategyOver({ wire, title, name, can, problem }: Far): Strategy {
  const readAsk = askDecoder(problem);
  const readRecommended = configDecoder(problem.space);
  const numbered = numbering(title);
  /** How many configurations of the queue it has. */
  let queued = 0;
  return {
    name,
    version: 1,
    can,
    init: () => ({}),
    ask: (_state, { queue, starts, trials, finish }, want, nextTrial) => {
      for (const config of queue.slice(queued)) wire.propose("enqueue", { config });
      const bounds = { starts, ...(can.plans === true && { trials }), finish };
      const { jobs, directives, then } = wire.call("ask", { want, ...present(bounds) });
      const answer = wire.read("ask", readAsk, { jobs, directives, then });
      const { proposals, started } = numbered(answer.jobs, nextTrial);
      queued = Math.max(0, queue.length - started);
      return { proposals, directives: answer.directives, then: answer.then } satisfies Answer;
    },
    tell: (_state, _context, report) => {
      const [method, params] = reportOf(report, problem);
      const { directives = [] } = wire.call(method, params);
      return wire.read(method, decodeDirectives, directives);
    },
    recommend: () => {
      const { config = null } = wire.call("recommend", {});
      return config === null ? null : wire.read("recommend", readRecommended, config);
    },
  };
}

const decodeDirectives = array(decodeDirective, 1_000_000);

function askDecoder(problem: Problem) {
  return object({ jobs: array(jobDecoder(problem), 100_000), directives: decodeDirectives, then: decodeThen });
}

type FarJob = Decoded<ReturnType<typeof askDecoder>>["jobs"][number];

/** The jobs as proposals. They must have the numbers that the study of the run is going to give them. */
function numbering(title: string) {
  let jobs = 0;
  return (given: readonly FarJob[], nextTrial: TrialId): { readonly proposals: readonly Proposal[]; readonly started: number } => {
    let next: number = nextTrial;
    const proposals = given.map((job) => {
      if (job.id !== jobs) noAnswer(title, "ask", `a job with the id ${jobs}`, `${job.id}`);
      jobs++;
      const proposal = proposalOf(job);
      if (proposal.kind !== "resume" && job.trial !== next) noAnswer(title, "ask", `a job of trial ${next}`, `${job.trial}`);
      if (proposal.kind !== "resume") next++;
      return proposal;
    });
    return { proposals, started: next - nextTrial };
  };
}

function proposalOf({ trial, config, from, until, milestones }: FarJob): Proposal {
  const goal = { until, ...(milestones.length > 1 && { milestones: milestones.slice(0, -1) }) };
  if (from === null) return { kind: "start", config, ...goal };
  if (from.trial === trial) return { kind: "resume", trial, ...goal };
  return { kind: "clone", parent: from.trial, at: from.fidelity, config, ...goal };
}

/** Without a fidelity it has no more than a small server needs: the job, and the values or the reason. */
function reportOf(report: Report, { fidelity, constraints }: Problem): readonly [method: "tell" | "fail", params: Json] {
  if (report.kind === "failed") {
    const reached = fidelity === null ? {} : { fidelity: report.fidelity, costSeconds: report.costSeconds };
    return ["fail", { job: report.job, reason: report.reason, ...reached }];
  }
  const { measurement } = report;
  return [
    "tell",
    {
      job: report.job,
      values: measurement.values,
      ...(constraints.length > 0 && { constraints: measurement.constraints }),
      ...(fidelity !== null && { fidelity: measurement.fidelity, costSeconds: measurement.costSeconds }),
    },
  ];
}

/** Without the members that are undefined. */
function present(members: { readonly [name: string]: Json | undefined }): { readonly [name: string]: Json } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as { readonly [name: string]: Json };
}
