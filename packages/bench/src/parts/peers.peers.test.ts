/** The adapters of `benchmarks/peers`, all by the same cases. A peer that is not installed is skipped by name, with the reason. */
// python: sys
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type PeerServer, startPeerServer } from "./peerServer.ts";
import { interpreterOf, peerNames, python } from "./peers.ts";

type Config = { readonly [name: string]: number | string | boolean };
type Job = { readonly id: number; readonly config: Config; readonly until: number; readonly milestones: readonly number[] };
type Value = Config[string];
type Param = {
  readonly name: string;
  readonly kind: string;
  readonly low?: number;
  readonly high?: number;
  readonly scale?: string;
  readonly step?: number;
  readonly options?: readonly Value[];
  readonly ordered?: boolean;
  readonly parent?: string;
  readonly values?: readonly Value[];
  readonly param?: Omit<Param, "name">;
};
type Space = readonly Param[];
type Run = { readonly about: { readonly [key: string]: unknown }; readonly jobs: readonly Job[]; readonly recommended: Config };

const box: Space = ["x", "y"].map((name) => ({ name, kind: "real", low: -5, high: 5 }));
const mixed: Space = [
  { name: "rate", kind: "real", low: 1e-4, high: 1, scale: "log" },
  { name: "units", kind: "int", low: 4, high: 256, scale: "log" },
  { name: "layers", kind: "int", low: 1, high: 4 },
  { name: "kind", kind: "choice", options: ["relu", 1, true] },
  { name: "batch", kind: "choice", options: [16, 32, 64], ordered: true },
];
const stepped: Space = [
  { name: "drop", kind: "real", low: 0, high: 0.5, step: 0.1 },
  { name: "odd", kind: "int", low: 1, high: 9, step: 2 },
];
const conditional: Space = [
  { name: "solver", kind: "choice", options: ["sgd", "adam", "newton"] },
  { name: "momentum", kind: "given", parent: "solver", values: ["sgd"], param: { kind: "real", low: 0, high: 1 } },
  { name: "rate", kind: "given", parent: "solver", values: ["sgd", "adam"], param: { kind: "int", low: 1, high: 9 } },
];
const [everything, noConditions, realOnly] = [{ mixed, stepped, conditional }, { mixed, stepped }, {}];

/** The spaces that each peer takes in addition to boxes. It refuses the others. */
const takes: { readonly [name: string]: { readonly [space: string]: Space } } = {
  "optuna-gp": everything,
  "optuna-gp-deterministic": everything,
  "optuna-tpe": everything,
  "optuna-tpe-group": everything,
  "optuna-tpe-univariate": everything,
  "optuna-cmaes": everything,
  botorch: realOnly,
  ax: realOnly,
  dehb: noConditions,
  pycma: realOnly,
  cmaes: realOnly,
  hebo: noConditions,
  smac: everything,
  "smac-mf": everything,
  hyperopt: everything,
  "bayesian-optimization": noConditions,
  kerastuner: everything,
  "kerastuner-hyperband": everything,
  "syne-tune-asha": noConditions,
};

/** JSON has no 1.0, so these are whole numbers for Python's reader. */
const design: readonly Config[] = [
  { x: 4, y: -3 },
  { x: -4, y: 5 },
];
const sphere = ({ x, y }: Config): number => (Number(x) - 1) ** 2 + Number(y) ** 2;

/** Why a peer cannot be tested, or null. An environment that was made claims its peers. */
function absenceOf(name: string): string | null {
  const { packages, environment } = peerNames[name]!;
  if (!process.env.CAVIAR_PYTHON) {
    return existsSync(interpreterOf(environment)) ? null : `not installed: npm run peers:install -- ${name}`;
  }
  const code = `import importlib.metadata as m\nfor name in "${packages}".split(): m.version(name)`;
  return spawnSync(python(name), ["-c", code]).status === 0 ? null : `${python(name)} lacks ${packages}`;
}

/** Every sixth evaluation fails, from the fourth. */
function runOf(name: string, space: Space, evaluations: number, value: (config: Config) => number, initial: readonly Config[]): Run {
  const server = startPeerServer(name, 600);
  try {
    const fidelity = peerNames[name]!.multiFidelity === true ? { fidelity: { unit: "epoch", min: 1, max: 9 } } : {};
    const about = server.call("open", { protocol: 2, problem: { space, ...fidelity }, strategy: { name }, seed: "17" } as never);
    for (const config of initial) server.call("enqueue", { config });
    const jobs = Array.from({ length: evaluations }, (_, index) => {
      const [job] = server.call("ask", { want: 1 }).jobs as readonly Job[];
      if (index % 6 === 3) server.call("fail", { job: job!.id, reason: "error" });
      else report(server, job!, value(job!.config));
      return job!;
    });
    return { about, jobs, recommended: server.call("recommend", {}).config as Config };
  } finally {
    server.close();
  }
}

/** The same value at each milestone, until the peer stops the job. */
function report(server: PeerServer, { id, until, milestones }: Job, value: number): void {
  for (const fidelity of milestones) {
    const { directives } = server.call("tell", { job: id, values: [value], ...(until > 1 && { fidelity }) });
    if ((directives as readonly unknown[]).length > 0) {
      expect(directives).toEqual([{ kind: "stop", job: id }]);
      return;
    }
  }
}

/** A configuration has each parameter that exists in it, of its kind and inside its bounds, and no others. */
function expectOf(space: Space, config: Config): void {
  const names = space.map(({ name }) => name);
  expect(Object.keys(config).filter((name) => !names.includes(name))).toEqual([]);
  expectInside(space, config);
}

function expectInside(space: Space, config: Config): void {
  for (const { name, kind, low, high, step, options, parent, values, param } of space) {
    const { [name]: value } = config;
    if (kind === "given" && !values!.includes(config[parent!]!)) expect(value).toBeUndefined();
    else if (kind === "given") expectInside([{ name, ...param! }], config);
    else if (kind === "choice") expect(options).toContain(value);
    else {
      expect(value).toBeGreaterThanOrEqual(low!);
      expect(value).toBeLessThanOrEqual(high!);
      if (kind === "int") expect(Number.isInteger(value)).toBe(true);
      const steps = (Number(value) - low!) / (step ?? 1);
      if (step !== undefined) expect(steps).toBeCloseTo(Math.round(steps), 6);
    }
  }
}

const readme = readFileSync(new URL("../../../../benchmarks/peers/README.md", import.meta.url), "utf8");

it("all peers have their cases", () => expect(Object.keys(takes).sort()).toEqual(Object.keys(peerNames).sort()));

describe.each(Object.keys(peerNames))("%s", (name) => {
  const absence = absenceOf(name);
  if (absence !== null) {
    it.skip(`is ${absence}`, () => {});
    return;
  }
  const multiFidelity = peerNames[name]!.multiFidelity === true;
  const initial = multiFidelity ? [] : design;

  it("keeps the initial design, survives failures, and finds better points, inside the box", { timeout: 1_800_000 }, () => {
    const { about, jobs, recommended } = runOf(name, box, 30, sphere, initial);
    expect(jobs.slice(0, initial.length).map(({ config }) => config)).toEqual(initial);
    for (const { config } of jobs) expectOf(box, config);
    const told = jobs.filter((_, index) => index % 6 !== 3).map(({ config }) => sphere(config));
    expect(Math.min(...told)).toBeLessThan(Math.min(...told.slice(0, 2)));
    expectOf(box, recommended);
    expect(about.version).not.toBe("");
    expect(readme).toContain(`| \`${name}\` | ${String(about.configuration)} | ${String(about.deviations)} |`);
    const again = runOf(name, box, 14, sphere, initial);
    expect(again.jobs).toEqual(jobs.slice(0, 14));
  });

  it.each(Object.entries(everything))(
    "takes a %s space with the types of its parameters, or refuses it",
    { timeout: 1_800_000 },
    (kind, space) => {
      const value = (config: Config): number => JSON.stringify(config).length;
      if (!Object.hasOwn(takes[name]!, kind)) expect(() => runOf(name, space, 1, value, [])).toThrow(/this (peer|adapter)/);
      else for (const { config } of runOf(name, space, 9, value, []).jobs) expectOf(space, config);
    },
  );
});
