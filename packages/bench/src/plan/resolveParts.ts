/** What the parts of a plan from outside are on this machine: the URLs of modules, and programs that can be started. */
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { ConfigError } from "@caviar-hpo/core";
import { hasKey } from "@caviar-hpo/core/read";
import { nearest, show } from "@caviar-hpo/core/text";
import { checkProgram, programEnvironment } from "@caviar-hpo/runtime/parts";
import type { ClosedPart, ModulePart, PeerPart, ProblemPart, ProgramPart, StrategyPart } from "../parts/part.ts";
import { peerNames, python } from "../parts/peers.ts";
import { partsOfModule, usualTimeoutSeconds } from "./planPart.ts";
import type { PlanProblem } from "./planProblem.ts";
import { isPeer, type PlanStrategy, peerPrefix } from "./planStrategy.ts";

/**
 * The part of a strategy that comes from outside; null for one that Caviar has.
 *
 * @param folder the folder of the plan; null if its code may not be run.
 * @throws ConfigError for a path or a program that does not exist.
 */
export function strategyPart(strategy: PlanStrategy, folder: string | null): StrategyPart | null {
  const at = `strategy ${show(strategy.label)}`;
  if (hasKey(strategy, "module")) return folder === null ? closed("module") : modulePart(at, strategy.module, folder);
  if (hasKey(strategy, "command")) return folder === null ? closed("command") : programPart(at, strategy, folder);
  if (!isPeer(strategy)) return null;
  if (folder === null) return closed("peer");
  return peerPart(at, strategy.name.slice(peerPrefix.length), strategy.timeoutSeconds ?? usualTimeoutSeconds);
}

/** The part of a problem that comes from outside, as `strategyPart`. */
export function problemPart(problem: PlanProblem, folder: string | null): ProblemPart | null {
  if (typeof problem === "string" || hasKey(problem, "id")) return null;
  if (folder === null) return closed(hasKey(problem, "module") ? "module" : "command");
  const at = `problem ${show(problem.label)}`;
  if (hasKey(problem, "module")) return modulePart(at, problem.module, folder);
  const { label: _label, command: _command, timeoutSeconds: _seconds, inherit: _inherit, ...settings } = problem;
  return { ...programPart(at, problem, folder), settings };
}

function closed(origin: ClosedPart["origin"]): ClosedPart {
  return { kind: "closed", origin };
}

function modulePart(what: string, text: string, folder: string): ModulePart {
  const { file, exported } = partsOfModule(text);
  const path = resolve(folder, file);
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === true)
    return { kind: "module", text, url: pathToFileURL(path).href, exported };
  throw new ConfigError({
    code: "badModule",
    what,
    expected: "the path of a module that exists, from the folder of the plan",
    got: `${show(text)}, which would be ${show(path)}`,
    remedy: "Correct the path in the plan.",
  });
}

type Program = { readonly command: readonly string[]; readonly inherit: readonly string[]; readonly timeoutSeconds: number };

function programPart(what: string, { command, inherit, timeoutSeconds }: Program, folder: string): ProgramPart {
  checkStart(what, command[0]!, folder, inherit);
  return { kind: "command", command, cwd: resolve(folder), inherit, timeoutSeconds };
}

function checkStart(what: string, program: string, cwd: string, inherit: readonly string[]): void {
  try {
    checkProgram(program, cwd, programEnvironment(inherit).PATH);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const { code, expected, got, remedy } = error;
    throw new ConfigError({ code, what: `${what}, ${error.what}`, expected, got, remedy });
  }
}

function peerPart(what: string, name: string, timeoutSeconds: number): PeerPart {
  if (!Object.hasOwn(peerNames, name)) {
    throw new ConfigError({
      code: "unknownStrategy",
      what,
      expected: `one of the peers ${Object.keys(peerNames).join(", ")}`,
      got: show(name),
      remedy: `Did you mean "${peerPrefix}${nearest(name, Object.keys(peerNames))}"?`,
    });
  }
  checkStart(`${what} (its interpreter, which CAVIAR_PYTHON can name)`, python(name), process.cwd(), []);
  return { kind: "peer", name, timeoutSeconds };
}
