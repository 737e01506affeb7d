/** Strategies that do what a test says, call by call, and remember in their state what they were told. Only tests use them. */
import type { TrialId } from "../contract/ids.ts";
import type { Problem } from "../contract/problem.ts";
import type { Answer, Capabilities, Context, Directive, Proposal, Strategy } from "../contract/strategy.ts";
import type { Report } from "../contract/trial.ts";
import { choice, given, real } from "../space/param.ts";
import { createSpace } from "../space/space.ts";

export type Memory = { asks: number; readonly heard: Report[] };

export type Script = {
  readonly can?: Partial<Capabilities>;
  /** `asks` counts earlier asks. By default: as many starts as wanted, to the end. */
  readonly ask?: (asks: number, want: number, context: Context, nextTrial: TrialId) => Partial<Answer>;
  readonly tell?: (report: Report, context: Context) => readonly Directive[];
};

export function scripted({ can = {}, ask, tell }: Script = {}): Strategy<Memory> {
  const wanted: NonNullable<Script["ask"]> = (_asks, want, { problem }, nextTrial) => ({
    proposals: Array.from({ length: want }, (_, index) => start((nextTrial + index) / 1000, problem.fidelity?.max ?? 1)),
  });
  return {
    name: "scripted",
    version: 1,
    can: { batch: false, fidelity: true, conditional: true, objectives: 64, constraints: true, external: true, ...can },
    init: () => ({ asks: 0, heard: [] }),
    ask: (state, context, want, nextTrial) => {
      const answer = (ask ?? wanted)(state.asks, want, context, nextTrial);
      state.asks++;
      return { proposals: [], directives: [], then: "more", ...answer };
    },
    tell: (state, context, report) => {
      state.heard.push(report);
      return tell?.(report, context) ?? [];
    },
  };
}

export function start(x: number, until = 1): Proposal {
  return { kind: "start", config: { x, mode: "plain" }, until };
}

/** One real and a condition; one objective, no constraint, no fidelity. */
export const simple: Problem = {
  space: createSpace({ x: real(0, 1), mode: choice(["plain", "deep"]), depth: given("mode", ["deep"], real(1, 2)) }),
  objectives: [{ name: "loss", goal: "minimize" }],
  constraints: [],
  fidelity: null,
  resumable: false,
};

export const trained: Problem = { ...simple, fidelity: { unit: "epoch", min: 1, max: 9, whole: true }, resumable: true };
