/** The suite is a test only if it turns red: strategies with one planted bug each, and the law that catches it. */
import { describe, expect, it } from "vitest";
import { complete, compose } from "../contract/compose.ts";
import { ProtocolError } from "../contract/errors.ts";
import type { Sampler } from "../contract/sampler.ts";
import type { Context, Proposal, Strategy } from "../contract/strategy.ts";
import { derive, root } from "../random/key.ts";
import { stream } from "../random/stream.ts";
import { decode, encode } from "../space/codec.ts";
import { type Config, type ParamValue, plainOf } from "../space/param.ts";
import { createSpace } from "../space/space.ts";
import { type LawName, type LawOptions, lawNames, strategyLaws } from "./laws.ts";
import { createModel } from "./model.ts";
import { play } from "./play.ts";
import { batchSpread, sequenceSpread } from "./spread.ts";
import { barrierStub, promotingStub, randomStub } from "./stubs.fixture.ts";

const honest = randomStub();
type State = ReturnType<typeof honest.init>;

/** Random search with another way to choose its points. */
function sampling(suggest: Sampler<State>["suggest"], rest: Partial<Sampler<State>> = {}): Strategy {
  return compose(complete, { ...honest, suggest, ...rest });
}

/** Random search whose answers are changed. */
function changing(change: (strategy: Strategy) => Partial<Strategy>): Strategy {
  const strategy: Strategy = compose(complete, randomStub());
  return { ...strategy, ...change(strategy) };
}

/** Of ten uniform points, the one farthest from all that `earlierOf` gives (Mitchell 1991): what CONTRIBUTING.md shows to be copied. */
function bestCandidate(earlierOf: (context: Context) => readonly Config[]): Sampler<State> {
  return {
    ...honest,
    suggest: (state, context) => {
      const { space } = context.problem;
      const source = stream(derive(state.key, state.index));
      state.index++;
      const earlier = earlierOf(context).map((config) => encode(space, config));
      const nearest = (point: Float64Array): number => Math.min(...earlier.map((other) => squaredDistance(point, other)));
      const candidates = Array.from({ length: 10 }, () => Float64Array.from({ length: space.dims }, source.uniform));
      const farthest = candidates.reduce((best, point) => (nearest(point) > nearest(best) ? point : best));
      return { config: decode(space, farthest) };
    },
  };
}

const historyOnly = ({ history }: Context): readonly Config[] => history.trials.map(({ config }) => config);
const withPending = (context: Context): readonly Config[] => [
  ...historyOnly(context),
  ...Array.from(context.pending, ({ config }) => config),
];

function squaredDistance(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, u, axis) => sum + (u - b[axis]!) * (u - b[axis]!), 0);
}

type Plant = {
  readonly bug: string;
  readonly law: LawName /** How it is found out. */;
  readonly says: RegExp;
  readonly declares?: Pick<LawOptions, "dependsOn" | "random">;
  readonly create: () => Strategy;
};

let made = 0;

const plants: readonly Plant[] = [
  {
    bug: "keeps its counter outside its state",
    law: "resumes from its JSON state at any step",
    says: /expected event \d+ as/,
    create: () => {
      let index = 0;
      return sampling((state, ...rest) => honest.suggest({ ...state, index: index++ }, ...rest));
    },
  },
  {
    bug: "sorts the history that it is shown",
    law: "leaves its inputs as they were, and its answers as it gave them",
    says: /Cannot assign to read only property/,
    create: () =>
      changing((strategy) => ({
        tell: (state, context, report) => {
          (context.history.running as unknown[]).sort();
          return strategy.tell(state, context, report);
        },
      })),
  },
  {
    bug: "changes a remark after it has made it",
    law: "leaves its inputs as they were, and its answers as it gave them",
    says: /Cannot assign to read only property 'count'/,
    create: () => {
      const notes = new WeakMap<object, { count: number }>();
      return sampling((state, ...rest) => {
        const note = notes.get(state) ?? { count: 0 };
        notes.set(state, note);
        note.count++;
        return { ...(honest.suggest(state, ...rest) as object as { config: Record<string, ParamValue> }), note };
      });
    },
  },
  {
    bug: "draws from the whole space, whatever the constraints",
    law: "keeps the constraints between parameters",
    says: /expected configurations inside the space, got constraint/,
    create: () =>
      changing((strategy) => ({
        ask: (state, context, want, nextTrial) => {
          const { space } = context.problem;
          const answer = strategy.ask(state, context, want, nextTrial);
          const anywhere = (index: number): Config => {
            const source = stream(derive(root("anywhere"), nextTrial, index));
            return decode(space, Float64Array.from({ length: space.dims }, source.uniform));
          };
          const proposals = answer.proposals.map((one, index) => (one.kind === "start" ? { ...one, config: anywhere(index) } : one));
          return { ...answer, proposals };
        },
      })),
  },
  {
    bug: "interpolates as low + u (high - low), without a clamp",
    law: "stays inside every space, and ends every job where the problem allows",
    says: /expected a number in/,
    create: () =>
      sampling((state, { problem }) => {
        state.index++;
        const source = stream(derive(state.key, state.index));
        const config = { ...decode(problem.space, Float64Array.from({ length: problem.space.dims }, source.uniform)) };
        for (const [name, param] of problem.space.params) {
          const plain = plainOf(param);
          if (Object.hasOwn(config, name) && plain.kind === "real" && plain.step === undefined)
            config[name] = plain.low + source.uniform() * (plain.high - plain.low);
        }
        return { config };
      }),
  },
  {
    bug: "counts an ask for nothing",
    law: "gives at most what is wanted, and wanting nothing changes nothing",
    says: /after an ask for nothing/,
    create: () =>
      changing((strategy) => ({
        ask: (state, ...rest) => {
          (state as unknown as { sampler: State }).sampler.index++;
          return strategy.ask(state, ...rest);
        },
      })),
  },
  {
    bug: "gives one more than is wanted",
    law: "gives at most what is wanted, and wanting nothing changes nothing",
    says: /expected at most \d+ proposals/,
    create: () =>
      changing((strategy) => ({ ask: (state, context, want, next) => strategy.ask(state, context, want === 0 ? 0 : want + 1, next) })),
  },
  {
    bug: "is done, and then begins again",
    law: "is done for good once it is done",
    says: /expected done, and nothing else, for ever/,
    create: () =>
      changing((strategy) => ({
        ask: (state, context, want, next) => {
          const answer = strategy.ask(state, context, want, next);
          return context.history.running.length > 1 ? { ...answer, proposals: [], then: "done" } : answer;
        },
      })),
  },
  {
    bug: "resumes whatever came last, paused or not",
    law: "resumes only trials that wait for it",
    says: /expected a paused trial to resume, got trial \d+, failed/,
    create: () =>
      changing((strategy) => ({
        ask: (state, context, want, next) => {
          const last = context.history.trials.at(-1);
          const proposal: Proposal = { kind: "resume", trial: last?.id ?? next, until: context.problem.fidelity?.max ?? 1 };
          return last?.status === "failed"
            ? { proposals: [proposal], directives: [], then: "more" }
            : strategy.ask(state, context, want, next);
        },
      })),
  },
  {
    bug: "waits at its barrier for trials that have failed",
    law: "goes on, whatever fails",
    says: /expected a proposal, or done, while no job runs, got wait/,
    create: () => {
      const barrier = barrierStub(3, "resume");
      return compose(
        { ...barrier, tell: (state, context, report) => (report.kind === "failed" ? [] : barrier.tell(state, context, report)) },
        randomStub(),
      );
    },
  },
  {
    bug: "gives up when three trials in a row have failed",
    law: "goes on, whatever fails",
    says: /as it had not ended by itself after 80, got \d+, and then done/,
    create: () =>
      changing((strategy) => ({
        ask: (state, context, want, next) =>
          context.history.trials.length > 3 && context.history.trials.slice(-3).every((trial) => trial.status === "failed")
            ? { proposals: [], directives: [], then: "done" }
            : strategy.ask(state, context, want, next),
      })),
  },
  {
    bug: "promotes nothing out of a rung that stays too small, though no trial will come",
    law: "trains the best to the end",
    says: /expected the best of \d+ trials at \d+, got trial \d+ at/,
    create: () => {
      const promoting = promotingStub();
      return compose({ ...promoting, next: (state, context) => promoting.next(state, context, true) }, randomStub());
    },
  },
  {
    bug: "steers by the mean of all values, which overflows",
    law: "takes every kind of value",
    says: /got NaN/,
    create: () =>
      sampling((state, { problem, history }) => {
        const values = history.trials.flatMap((trial) => trial.curve.map((measurement) => measurement.values[0]!));
        const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
        const [name] = problem.space.params.find(([, param]) => param.kind === "real") ?? ["none"];
        state.index++;
        const config = decode(
          problem.space,
          Float64Array.from({ length: problem.space.dims }, stream(derive(state.key, state.index)).uniform),
        );
        return { config: Object.hasOwn(config, name) ? { ...config, [name]: (config[name] as number) + 0 * mean } : config };
      }),
  },
  {
    bug: "shares its cursor among the studies it serves",
    law: "gives the same bits for the same seed and the same order of events",
    says: /event (\d+ )?of (a study beside it|the log)/,
    create: () => {
      let asked = 0;
      return sampling((state, ...rest) => honest.suggest({ key: derive(state.key, asked++), index: 0 }, ...rest));
    },
  },
  {
    bug: "leaves an array of another kind in its remarks",
    law: "is reproduced by its log, after a journey over the wire too",
    says: /note: expected null, a boolean.*an instance of a class/,
    create: () =>
      sampling((state, ...rest) => ({
        ...(honest.suggest(state, ...rest) as object as { config: Record<string, ParamValue> }),
        note: Float64Array.of(1) as never,
      })),
  },
  {
    bug: "moves its cursor with every report, and says it depends on nothing",
    law: "depends on no more than it declares",
    says: /expected trial \d+ as/,
    declares: { dependsOn: "nothing" },
    create: () =>
      sampling(honest.suggest, {
        tell: (state) => {
          state.index++;
        },
      }),
  },
  {
    bug: "promotes asynchronously, and says that the order does not matter",
    law: "depends on no more than it declares",
    says: /expected trial \d+ as/,
    declares: { dependsOn: "results" },
    create: () => compose(promotingStub(), randomStub()),
  },
  {
    bug: "takes parameters in the order of their names",
    law: "does not see the names of parameters",
    says: /expected event \d+ as/,
    create: () =>
      sampling((state, { problem }) => {
        state.index++;
        const source = stream(derive(state.key, state.index));
        const sorted = problem.space.params.map(([name]) => name).sort();
        const units = new Map(sorted.map((name) => [name, source.uniform()]));
        return {
          config: decode(
            problem.space,
            Float64Array.from(problem.space.params, ([name]) => units.get(name)!),
          ),
        };
      }),
  },
  {
    bug: "is told of the goal behind the study's back: every other problem that it is made for is to be maximised",
    law: "does not see whether its problem is to be minimised or maximised",
    says: /expected (event|state) \d+ as/,
    create: () => {
      made++;
      const maximises = made % 2 === 0;
      return sampling((state, ...rest) => {
        if (maximises) state.index++;
        return honest.suggest(state, ...rest);
      });
    },
  },
  {
    bug: "counts versions of history as if they were reports",
    law: "is not moved by repeated, late and stray reports",
    says: /expected event \d+ as/,
    create: () =>
      sampling((state, context, ...rest) =>
        honest.suggest({ key: derive(state.key, context.history.version), index: state.index++ }, context, ...rest),
      ),
  },
  {
    bug: "asks the same trial to be resumed twice at once",
    law: "keeps to the model of a study in an event soup",
    says: /resumed twice/,
    create: () =>
      changing((strategy) => ({
        ask: (state, context, want, next) => {
          const paused = context.history.trials.find((trial) => trial.status === "paused");
          const until = context.problem.fidelity?.max ?? 1;
          return paused !== undefined && want > 1
            ? { proposals: [paused, paused].map(({ id }) => ({ kind: "resume", trial: id, until })), directives: [], then: "more" }
            : strategy.ask(state, context, want, next);
        },
        tell: (_state, context, report) =>
          report.kind === "measured" && context.history.trials[report.trial]!.curve.length > 0 ? [{ kind: "pause", job: report.job }] : [],
      })),
  },
  {
    bug: "draws its points from its own key instead of the study's",
    law: "gives other points for another seed",
    says: /expected points of seed \d+ that are not those of seed \d+/,
    declares: { random: true },
    create: () => sampling((state, ...rest) => honest.suggest({ key: [1, 2, 3, 4], index: state.index++ }, ...rest)),
  },
  {
    bug: "keeps away from the history only, and repeats itself inside of one ask",
    law: "spreads a batch like a sequence",
    says: /expected trial \d+ as/,
    create: () => compose(complete, bestCandidate(historyOnly)),
  },
  {
    bug: "optimises a batch jointly, and puts all of it in one place",
    law: "spreads a batch like a sequence",
    says: /at least 0.8 of a sequence's/,
    create: () => {
      const strategy = compose(complete, bestCandidate(historyOnly));
      return { ...strategy, can: { ...strategy.can, batch: true } };
    },
  },
];

function run(name: string, law: LawName, create: () => Strategy, options: Parameters<typeof strategyLaws>[2] = {}): void {
  strategyLaws(name, create, options)
    .find((one) => one.name === law)!
    .run();
}

describe("a strategy that", () => {
  it.each(plants)("$bug breaks the law: $law", ({ bug, law, says, create, declares }) => {
    const judged = (): void => run(bug, law, create, declares);
    expect(judged).toThrow(ProtocolError);
    expect(judged).toThrow(says);
  });

  it("has no bug passes them all (so the bugs above are what was caught)", () => {
    const promises = { dependsOn: "nothing", random: true, runs: 0.3 } as const;
    for (const law of strategyLaws("honest", () => compose(complete, randomStub()), promises)) law.run();
  });
});

describe("best candidates, sixteen points in the unit square, 200 seeds", () => {
  const seeds = Array.from({ length: 200 }, (_, seed) => seed);
  const blind = (): Strategy => compose(complete, bestCandidate(historyOnly));
  const seeing = (): Strategy => compose(complete, bestCandidate(withPending));

  it("crowd in one ask where the sampler looks at the history only, and keep apart in sixteen asks", () => {
    expect(batchSpread(blind, seeds)).toBeLessThan(0.06);
    expect(sequenceSpread(blind, seeds)).toBeGreaterThan(0.15);
  });

  it("keep apart in one ask just as well where it looks at what is pending", () => {
    expect(batchSpread(seeing, seeds)).toBe(sequenceSpread(seeing, seeds));
    expect(batchSpread(seeing, seeds)).toBe(sequenceSpread(blind, seeds));
  });

  it("pass the law then", () => run("seeing", "spreads a batch like a sequence", seeing));
});

describe("the suite", () => {
  it("has a planted bug for every law", () => {
    expect(new Set(plants.map((plant) => plant.law))).toEqual(new Set(lawNames));
  });

  it("names its laws in order, and leaves out those that need a declaration if there is none", () => {
    const create = (): Strategy => compose(complete, randomStub());
    const declared: readonly LawName[] = ["depends on no more than it declares", "gives other points for another seed"];
    expect(strategyLaws("any", create, { dependsOn: "nothing", random: true }).map((law) => law.name)).toEqual(lawNames);
    expect(strategyLaws("any", create).map((law) => law.name)).toEqual(lawNames.filter((law) => !declared.includes(law)));
    const short = strategyLaws("any", create, { stopsShort: true }).map((law) => law.name);
    expect(short).toEqual(lawNames.filter((law) => law !== "trains the best to the end" && !declared.includes(law)));
  });

  it("prints a case that brings the failure back at once", () => {
    const { law, create } = plants[0]!;
    const failure = (body: () => void): ProtocolError => {
      try {
        body();
      } catch (error) {
        return error as ProtocolError;
      }
      throw new Error("nothing was thrown");
    };
    const first = failure(() => run("forgetful", law, create));
    const printed = JSON.parse(/reproduce: (\{.*\}) \}/.exec(first.remedy)![1]!);
    expect(printed.law).toBe(law);
    const laws = strategyLaws("forgetful", create, { reproduce: printed });
    expect(laws.map((one) => one.name)).toEqual([law]);
    const again = failure(() => laws[0]!.run());
    expect(again.got).toContain("Property failed after 1 tests");
    expect(again.got.split("\n")[0]).toBe(first.got.split("\n")[0]);
  });

  it("has a model that does not take a study's word for it", () => {
    const cast = {
      problem: {
        space: createSpace({}),
        objectives: [{ name: "value", goal: "minimize" }],
        constraints: [],
        fidelity: null,
        resumable: false,
      },
      seed: 1,
      create: () => compose(complete, randomStub()),
    } as const;
    const script = [
      { do: "ask", want: 2 },
      { do: "report", job: 0, at: "end", value: 1, constraint: 0 },
      { do: "repeat", job: 0 },
    ] as const;
    play(cast, script, createModel());
    const model = createModel();
    const forge = (): void => {
      play(cast, script, (action, outcome, study, events) =>
        model(
          action,
          outcome.kind === "heard" && outcome.effect === "repeated" ? { kind: "heard", effect: "accepted" } : outcome,
          study,
          events,
        ),
      );
    };
    expect(forge).toThrow(/"effect":"repeated"/);
  });
});
