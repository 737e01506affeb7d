/**
 * Parts of a campaign that come from outside: strategies and problems of modules and programs, as plain data that can be sent to a thread.
 * A thread loads the modules by their URLs, and starts the programs.
 */
import type { ProblemSettings } from "../plan/planProblem.ts";

/** An export of a module. `text` is how the plan writes it. */
export type ModulePart = { readonly kind: "module"; readonly text: string; readonly url: string; readonly exported: string };

/** A program that is started for each run. */
export type ProgramPart = {
  readonly kind: "command";
  readonly command: readonly string[];
  readonly cwd: string;
  readonly inherit: readonly string[];
  readonly timeoutSeconds: number;
};

/** A peer by its name, such as "optuna-gp". */
export type PeerPart = { readonly kind: "peer"; readonly name: string; readonly timeoutSeconds: number };

/** A part whose code may not be run here. What is known of it is in the folder of the campaign. */
export type ClosedPart = { readonly kind: "closed"; readonly origin: "module" | "command" | "peer" };

export type StrategyPart = ModulePart | ProgramPart | PeerPart | ClosedPart;
export type ProblemPart = ModulePart | (ProgramPart & { readonly settings: ProblemSettings }) | ClosedPart;

/** Where a part comes from. */
export function originOf(part: StrategyPart | ProblemPart): ClosedPart["origin"] {
  return part.kind === "closed" ? part.origin : part.kind;
}
