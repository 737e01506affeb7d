/**
 * The laws of the contract, as one suite for every strategy; what each says and why is told in docs/laws.md. It knows no test runner:
 * `for (const law of strategyLaws("mine", create)) test(law.name, law.run)`.
 */
import fc from "fast-check";
import type { Dependence } from "../contract/card.ts";
import type { Problem } from "../contract/problem.ts";
import { sameJson } from "../contract/sameJson.ts";
import type { Strategy } from "../contract/strategy.ts";
import type { FailureReason, Job } from "../contract/trial.ts";
import { derive, root } from "../random/key.ts";
import { stream } from "../random/stream.ts";
import { type Config, choice, given, int, real, type Space } from "../space/param.ts";
import { createSpace } from "../space/space.ts";
import { bestTrials } from "../study/best.ts";
import type { Event } from "../study/events.ts";
import { orientationOf } from "../study/orientation.ts";
import { replay } from "../study/replay.ts";
import { type Study, startStudy } from "../study/study.ts";
import { parseWire, stringifyWire } from "../wire/json.ts";
import { decodeProblem, encodeProblem } from "../wire/problem.ts";
import { eventDecoder } from "../wire/records.ts";
import { runCampaign, toyValue } from "./campaign.ts";
import { inSpace, legalUntil } from "./legal.ts";
import { createModel } from "./model.ts";
import { type Cast, play } from "./play.ts";
import { type Law, lawOf, type PropertyOptions } from "./property.ts";
import { bounded, boundsOnStarts, failureReasons, negatives, type Script, scripts } from "./script.ts";
import { degenerateSpaces, fidelities, problems, spaces } from "./spaces.ts";
import { batchSpread, sequenceSpread } from "./spread.ts";
import { valuePatterns } from "./values.ts";
import { demandSame, violate } from "./violate.ts";
import { forgetful, frozen, insistent, modest } from "./wrappers.ts";

export type LawOptions = PropertyOptions & {
  /** `order`, which promises nothing, by default. */
  readonly dependsOn?: Dependence;
  /** Whether another seed gives other points; false, which promises nothing, by default. */
  readonly random?: boolean;
  /** Spaces to draw problems from: all that the strategy serves by default. Expensive strategies get by with small ones. */
  readonly spaces?: fc.Arbitrary<Space>;
};

/** The names of all laws, in order. Two are there only for strategies that declare something: what they depend on, or that they are random. */
export const lawNames = [
  "resumes from its JSON state at any step",
  "leaves its inputs as they were, and its answers as it gave them",
  "stays inside every space, and ends every job where the problem allows",
  "gives at most what is wanted, and wanting nothing changes nothing",
  "is done for good once it is done",
  "resumes only trials that wait for it",
  "goes on, whatever fails",
  "takes every kind of value",
  "gives the same bits for the same seed and the same order of events",
  "is reproduced by its log, after a journey over the wire too",
  "depends on no more than it declares",
  "does not see the names of parameters",
  "does not see whether its problem is to be minimised or maximised",
  "is not moved by repeated, late and stray reports",
  "keeps to the model of a study in an event soup",
  "spreads a batch like a sequence",
  "gives other points for another seed",
] as const;

export type LawName = (typeof lawNames)[number];

export function strategyLaws(name: string, create: () => Strategy, options: LawOptions = {}): readonly Law[] {
  const { can } = create();
  const { dependsOn = "order", random = false, reproduce } = options;
  const space = options.spaces ?? spaces({ conditional: can.conditional });
  const problem = problems(can, space);
  const seed = fc.nat({ max: 1000 });
  const cast = (one: Problem, key: number, strategy: () => Strategy = create): Cast => ({ problem: one, seed: key, create: strategy });
  const law = <T>(index: number, cases: number, arbitrary: fc.Arbitrary<T>, check: (value: T) => void): Law =>
    lawOf({ strategy: name, law: lawNames[index]!, cases, options }, arbitrary, check);
  const scripted = (index: number, cases: number, check: (one: Problem, key: number, script: Script) => void): Law =>
    law(index, cases, fc.tuple(problem, seed, scripts(60)), ([one, key, script]) => check(one, key, script));

  const laws = [
    law(0, 40, fc.tuple(problem, seed, scripts(60), fc.array(fc.boolean(), { minLength: 1, maxLength: 5 })), ([one, key, script, mask]) => {
      const forget = mask.includes(true) ? mask : [true];
      const whole = play(cast(one, key), script);
      const broken = play(
        cast(one, key, () => forgetful(create, forget)),
        script,
      );
      demandSame("event", whole.events, broken.events);
    }),

    scripted(1, 30, (one, key, script) => {
      const free = play(cast(one, key), script);
      const bound = play(
        cast(one, key, () => frozen(create())),
        script,
      );
      demandSame("event", free.events, bound.events);
    }),

    containment(law, create, options, fc.record({ problem, seed })),

    scripted(3, 30, (one, key, script) => {
      play(
        cast(one, key, () => modest(create())),
        script,
      );
    }),

    law(4, 30, fc.tuple(fc.oneof(problem, problems(can, tinySpaces())), seed, scripts(60)), ([one, key, script]) => {
      play(
        cast(one, key, () => insistent(create())),
        [...script, ...patience],
      );
    }),

    law(5, 30, fc.tuple(problem, seed, scripts(60), fidelities()), ([one, key, script, fidelity]) => {
      const statuses = new Map<number, string>();
      play(cast({ ...one, fidelity }, key), script, (_action, outcome, study) => {
        for (const job of outcome.kind === "asked" ? outcome.asked.jobs : []) {
          const status = statuses.get(job.trial) ?? "paused";
          if (status !== "paused") violate("to resume paused trials only", `trial ${job.trial}, ${status}`);
          statuses.set(job.trial, "running");
        }
        for (const trial of study.history.trials) statuses.set(trial.id, trial.status);
      });
    }),

    failures(law, create, fc.record({ problem, seed })),

    law(7, 2, fc.tuple(problems(can, fc.constant(everyday(can.conditional))), seed), ([one, key]) => {
      for (const pattern of valuePatterns) {
        const study = startStudy({ problem: one, seed: key, strategy: create() });
        const end = runCampaign(study, { workers: 3, trials: 60, pick: (turn) => turn * 7, judge: (job) => pattern.at(job.trial) });
        if (end === "trials" && study.history.trials.length !== 60)
          violate(`60 trials while ${pattern.name}`, `${study.history.trials.length}`);
        if (one.objectives.length === 1) checkBest(study, pattern.name);
      }
    }),

    law(8, 30, fc.tuple(problem, seed, scripts(60)), ([one, key, script]) => {
      const first = play(cast(one, key), script);
      const shared = create();
      const events: Event[] = [];
      // Another study of the same strategy value, a step behind, with a seed of its own: neither may notice the other.
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
      const alone: Event[] = [];
      const again = startStudy({ problem: one, seed: key + 1, strategy: create() }, (event) => alone.push(event));
      for (const event of events) {
        if (event.kind === "asked") again.ask({ want: event.want });
        if (event.kind === "failed") again.fail(event.job, event.reason);
      }
      demandSame("event of a study beside it", events, alone);
    }),

    law(9, 40, fc.tuple(problem, seed, scripts(60), boundsOnStarts()), ([one, key, script, bounds]) => {
      const { study, events } = play(cast(one, key), bounded(script, bounds));
      const travelled = decodeProblem(parseWire(stringifyWire(encodeProblem(one))));
      const read = eventDecoder(travelled);
      const log = events.map((event) => read(parseWire(stringifyWire(event)), "event"));
      const again = replay({ problem: travelled, seed: key, strategy: create() }, log);
      demandSame("trial", study.history.trials, again.history.trials);
      demandSame("state", [study.state], [again.state]);
      for (let turn = 0; turn < 5; turn += 1) demandSame("answer", [study.ask({ want: 2 })], [again.ask({ want: 2 })]);
    }),

    ...(dependsOn === "order" ? [] : [independence(law, create, dependsOn, fc.record({ problem, seed }))]),

    scripted(11, 30, (one, key, script) => {
      const plain = play(cast(one, key), script);
      const renamed = play(cast({ ...one, space: rename(one.space) }, key), script);
      demandSame("event", nameless(plain.events, one.space), nameless(renamed.events, rename(one.space)));
    }),

    scripted(12, 30, (one, key, script) => {
      const turned = { ...one, objectives: one.objectives.map(({ name: called, goal }) => ({ name: called, goal: opposite[goal] })) };
      const [straight, negated] = [play(cast(one, key), script), play(cast(turned, key), negatives(script))];
      demandSame("event", straight.events.map(orientationOf(one).event), negated.events.map(orientationOf(turned).event));
      demandSame("state", [straight.study.state], [negated.study.state]);
    }),

    scripted(13, 40, (one, key, script) => {
      const noisy = play(cast(one, key), script);
      const quiet = play(
        cast(one, key),
        script.filter((step) => !noise.includes(step.do)),
      );
      demandSame("event", quiet.events, timely(noisy.events));
      demandSame("state", [quiet.study.state], [noisy.study.state]);
    }),

    law(14, 60, fc.tuple(problem, seed, scripts(100), boundsOnStarts()), ([one, key, script, bounds]) => {
      play(cast(one, key), bounded(script, bounds), createModel());
    }),

    can.batch ? spreadOfBatches(law, create) : sameAsSingly(law, create, problem),
    ...(random ? [otherPoints(law, create, seed)] : []),
  ];
  return reproduce === undefined ? laws : laws.filter((one) => one.name === reproduce.law);
}

type MakeLaw = <T>(index: number, cases: number, arbitrary: fc.Arbitrary<T>, check: (value: T) => void) => Law;
type Drawn = fc.Arbitrary<{ readonly problem: Problem; readonly seed: number }>;

const opposite = { minimize: "maximize", maximize: "minimize" } as const;
const noise: readonly string[] = ["repeat", "contradict", "unknown", "stray"];
/** Enough to bring most strategies that can be done to their end. */
const patience: Script = Array.from({ length: 40 }, (_, turn) =>
  turn % 4 === 0 ? { do: "ask", want: 4 } : { do: "report", job: turn, at: "end", value: turn % 5, constraint: 0 },
);

/** One ask for n jobs, and n asks for one job with nothing told between, give the same trials. */
function sameAsSingly(law: MakeLaw, create: () => Strategy, problem: fc.Arbitrary<Problem>): Law {
  return law(15, 40, fc.tuple(problem, fc.nat({ max: 1000 }), scripts(60)), ([one, seed, script]) => {
    const together = play({ problem: one, seed, create }, script);
    const singly = play({ problem: one, seed, create, singly: true }, script);
    demandSame("trial", singly.study.history.trials, together.study.history.trials);
  });
}

/** Points that are optimised jointly may be others than those of a sequence, but they keep as far apart. */
function spreadOfBatches(law: MakeLaw, create: () => Strategy): Law {
  return law(15, 3, fc.nat({ max: 1000 }), (first) => {
    const seeds = Array.from({ length: 16 }, (_, index) => first + index);
    const ratio = batchSpread(create, seeds) / sequenceSpread(create, seeds);
    if (!(ratio >= 0.8)) violate("a batch whose mean least distance is at least 0.8 of a sequence's", `${ratio} of it`);
  });
}

/** Drawn problems, then every degenerate space that the strategy serves. */
function containment(law: MakeLaw, create: () => Strategy, options: LawOptions, drawn: Drawn): Law {
  const { conditional } = create().can;
  const check = (problem: Problem, seed: number, trials: number): void => {
    const study = startStudy({ problem, seed, strategy: create() }, (event) => {
      for (const job of event.kind === "asked" ? event.jobs : []) {
        if (!inSpace(problem.space, job.config)) violate("a configuration in the space", JSON.stringify(job.config));
        if (!legalUntil(problem, job.from?.fidelity ?? 0, job)) violate("an end that the problem allows", JSON.stringify(job));
      }
    });
    runCampaign(study, {
      workers: 2,
      trials,
      pick: (turn) => turn,
      judge: (job, fidelity) => toyValue(problem, job.config, fidelity, seed),
    });
  };
  const property = law(2, 40, drawn, ({ problem, seed }) => check(problem, seed, 30));
  const run = (): void => {
    property.run();
    if (options.spaces !== undefined || options.reproduce !== undefined) return;
    for (const { name, space } of degenerateSpaces()) {
      if (!conditional && space.params.some(([, param]) => param.kind === "given")) continue;
      try {
        check({ space, objectives: [{ name: "value", goal: "minimize" }], constraints: [], fidelity: null, resumable: false }, 1, 20);
      } catch (error) {
        violate(`to serve the space "${name}"`, error instanceof Error ? error.message : String(error));
      }
    }
  };
  return { name: property.name, run };
}

/**
 * Failures by job, early or late in it, of a cycle of jobs or of one job only: the campaign still comes to an end. A strategy that has not
 * ended by itself after twice as many trials does not end because of them; one that ends may come to other numbers, as its results did.
 */
function failures(law: MakeLaw, create: () => Strategy, drawn: Drawn): Law {
  const reason = fc.constantFrom(...failureReasons);
  const cycle = fc.oneof(
    reason.map((one) => [one]),
    fc.array(fc.option(reason, { freq: 1 }), { minLength: 1, maxLength: 40, size: "max" }),
  );
  const crew = fc.record({ workers: fc.integer({ min: 1, max: 8 }), order: fc.nat({ max: 1000 }), early: fc.boolean() });
  const trials = 40;
  return law(
    6,
    40,
    fc.tuple(drawn, cycle, fc.option(fc.nat({ max: 12 }), { freq: 1 }), crew),
    ([{ problem, seed }, reasons, only, { workers, order, early }]) => {
      const fails = (job: number): FailureReason | null => (only === null || only === job ? reasons[job % reasons.length]! : null);
      const run = (budget: number, failing: boolean): { readonly end: "done" | "trials"; readonly study: Study } => {
        const study = startStudy({ problem, seed, strategy: create() });
        const judge = (job: Job, fidelity: number): number | FailureReason => {
          const why = failing && (early || fidelity === job.until) ? fails(job.id) : null;
          return why ?? toyValue(problem, job.config, fidelity, seed);
        };
        return { end: runCampaign(study, { workers, trials: budget, pick: pickBy(order), judge }), study };
      };
      const { end, study } = run(trials, true);
      if (end === "done" && run(2 * trials, false).end === "trials") {
        violate(`${trials} trials, as it had not ended by itself after ${2 * trials}`, `${study.history.trials.length}, and then done`);
      }
    },
  );
}

/** One worker in order against several in any order; where results do not matter, these and the failures differ as well. */
function independence(law: MakeLaw, create: () => Strategy, dependsOn: Exclude<Dependence, "order">, drawn: Drawn): Law {
  const crew = fc.integer({ min: 2, max: 16 });
  const share = fc.constantFrom(0, 0.3, 1);
  return law(10, 40, fc.tuple(drawn, crew, fc.nat({ max: 1000 }), share), ([{ problem, seed }, workers, order, failing]) => {
    const reasons = dependsOn === "losses" ? failureReasons.filter((reason) => reason !== "lost") : failureReasons;
    const campaign = (crewed: number, pick: (turn: number, count: number) => number, salt: number): Study => {
      const study = startStudy({ problem, seed, strategy: create() });
      runCampaign(study, {
        workers: crewed,
        trials: 40,
        pick,
        judge: (job, fidelity): number | FailureReason => {
          const dice = stream(derive(root(salt), job.trial, fidelity));
          return dice.uniform() < failing ? reasons[dice.integer(reasons.length)]! : toyValue(problem, job.config, fidelity, salt);
        },
      });
      return study;
    };
    const alone = campaign(1, () => 0, 1);
    const crowd = campaign(workers, pickBy(order), dependsOn === "results" ? 1 : order);
    const seen = (study: Study): readonly unknown[] =>
      study.history.trials.map(({ config, curve }) => (dependsOn === "results" ? { config, curve } : { config }));
    demandSame("trial", seen(alone), seen(crowd));
  });
}

/** In a space where two random points are never the same. */
function otherPoints(law: MakeLaw, create: () => Strategy, seeds: fc.Arbitrary<number>): Law {
  const { can } = create();
  return law(16, 4, fc.tuple(problems(can, fc.constant(everyday(can.conditional))), seeds), ([problem, seed]) => {
    const points = (key: number): readonly string[] => {
      const study = startStudy({ problem, seed: key, strategy: create() });
      const judge = (job: Job, fidelity: number): number => toyValue(problem, job.config, fidelity, 1);
      runCampaign(study, { workers: 1, trials: 6, pick: () => 0, judge });
      return study.history.trials.map((trial) => stringifyWire(trial.config));
    };
    const [first, second] = [points(seed), points(seed + 1)];
    if (sameJson(first, second)) violate(`points of seed ${seed + 1} that are not those of seed ${seed}`, first.join(", "));
  });
}

function pickBy(order: number): (turn: number, count: number) => number {
  return (turn, count) => stream(derive(root(order), "pick", turn)).integer(Math.max(1, count));
}

/** The best trial is the earliest of the best value at the highest fidelity that was reached, found by looking at all of them. */
function checkBest({ problem, history }: Study, pattern: string): void {
  const sign = problem.objectives[0]!.goal === "maximize" ? -1 : 1;
  let best: { readonly fidelity: number; readonly value: number; readonly config: Config } | null = null;
  for (const { curve, config, status } of history.trials) {
    const last = curve.at(-1);
    if (last === undefined || status === "failed") continue;
    const value = sign * last.values[0]!;
    const better = best === null || last.fidelity > best.fidelity || (last.fidelity === best.fidelity && value < best.value);
    if (better) best = { fidelity: last.fidelity, value, config };
  }
  demandSame(`best configuration while ${pattern}`, [best?.config], [bestTrials(problem, history)[0]?.config]);
}

function everyday(conditional: boolean): Space {
  return createSpace({
    rate: real(1e-4, 1, { scale: "log" }),
    width: int(1, 64),
    kind: choice(["a", "b", "c"]),
    dropout: conditional ? given("kind", ["b"], real(0, 0.5, { step: 0.1 })) : real(0, 0.5, { step: 0.1 }),
  });
}

/** Spaces of a few points, which a strategy can come to the end of. */
function tinySpaces(): fc.Arbitrary<Space> {
  return fc.constantFrom(
    createSpace({}),
    createSpace({ a: choice(["x", "y", "z"]) }),
    createSpace({ a: choice([true, false]), b: int(1, 3) }),
    createSpace({ a: int(0, 1), b: int(0, 1), c: int(0, 1) }),
  );
}

/** Names in an order that an object of them would not keep: 9999, 9998, ... */
function rename(space: Space): Space {
  const names = new Map(space.params.map(([name], index) => [name, String(9999 - index)]));
  return createSpace(
    space.params.map(([name, param]) => [
      names.get(name)!,
      param.kind === "given" ? { ...param, parent: names.get(param.parent)! } : param,
    ]),
  );
}

/** Events without names and remarks: a configuration becomes its values in the order of the space. */
function nameless(events: readonly Event[], space: Space): readonly unknown[] {
  const values = (config: Config): readonly unknown[] => space.params.map(([name]) => (Object.hasOwn(config, name) ? config[name] : null));
  return events.map((event) => {
    if (event.kind === "asked") return { ...event, jobs: event.jobs.map((job) => ({ ...job, config: values(job.config), note: null })) };
    return "config" in event ? { ...event, config: values(event.config) } : event;
  });
}

/** The events without those about jobs that had ended. */
function timely(events: readonly Event[]): readonly Event[] {
  const ended = new Set<number>();
  return events.filter((event) => {
    const late = (event.kind === "told" || event.kind === "failed") && ended.has(event.job);
    if ((event.kind === "told" && event.last) || event.kind === "failed") ended.add(event.job);
    for (const directive of "directives" in event ? event.directives : []) if (directive.kind !== "discard") ended.add(directive.job);
    return !late;
  });
}
