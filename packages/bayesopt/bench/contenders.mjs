/**
 * Who can take part: a strategy of @caviar-hpo/tune by its name, your own strategy as `path.mjs#export` (a function of the options),
 * or a Python optimiser as `peer:name` (benchmarks/peers). Options follow the name: `bayesopt,effort=2`.
 */
import { pathToFileURL } from "node:url";
import { startPeerServer } from "@caviar-hpo/bench/peers";
import { startStudy } from "@caviar-hpo/core";
import { encodeProblem } from "@caviar-hpo/core/wire";
import { createStrategy } from "@caviar-hpo/tune";

/** @param {string} text as on the command line. */
export function contenderOf(text, shared = {}) {
  const [name, ...settings] = text.split(",");
  const kind = name.startsWith("peer:") ? "peer" : name.includes("#") ? "module" : "named";
  return { label: text, kind, name, options: kind === "peer" ? {} : { ...shared, ...Object.fromEntries(settings.map(assignment)) } };
}

/** NAME=V; V is a number or a boolean where it reads as one. */
export function assignment(text) {
  const at = text.indexOf("=");
  if (at < 1) throw new RangeError(`an option: expected NAME=VALUE, got ${text}.`);
  const value = text.slice(at + 1);
  if (value === "true" || value === "false") return [text.slice(0, at), value === "true"];
  return [text.slice(0, at), value.trim() !== "" && Number.isFinite(Number(value)) ? Number(value) : value];
}

/**
 * A study of the contender: `ask` gives a job or null, and the CPU it took in milliseconds; `tell` that CPU; `observe` takes a finished
 * trial from elsewhere; `recommend` gives a configuration. A peer also has its `version`, and `reject`, which drops a job without a value.
 */
export async function openContender(contender, problem, seed) {
  return contender.kind === "peer" ? openPeer(contender.name.slice("peer:".length), problem, seed) : openOwn(contender, problem, seed);
}

async function openOwn({ kind, name, options }, problem, seed) {
  const study = startStudy({ problem, strategy: await strategyOf(kind, name, options), seed });
  const timed = (act) => {
    const before = cpuMilliseconds();
    const result = act();
    return { result, milliseconds: cpuMilliseconds() - before };
  };
  return {
    ask: async () => {
      const { result, milliseconds } = timed(() => study.ask().jobs[0] ?? null);
      return { job: result, milliseconds };
    },
    tell: async (job, value) => timed(() => study.tell(job, { values: [value] })).milliseconds,
    observe: async (config, value) => study.observe(config, { values: [value] }),
    recommend: async () => study.recommend(),
  };
}

async function strategyOf(kind, name, options) {
  if (kind === "named") return createStrategy(name, options);
  const [path, exported] = name.split("#");
  const module = await import(pathToFileURL(path).href);
  return module[exported](options);
}

/** Of this process, all its threads: compiling and collecting are part of what an ask costs. */
function cpuMilliseconds() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

async function openPeer(name, problem, seed) {
  if (!servers.has(name)) servers.set(name, startPeerServer(name, 3600));
  const { call } = servers.get(name);
  const { version } = call("open", { protocol: 1, problem: encodeProblem(problem), strategy: { name }, seed });
  return {
    version,
    ask: async () => {
      const { jobs, cpuSeconds } = call("ask", { want: 1 });
      return { job: jobs[0] ?? null, milliseconds: cpuSeconds * 1000 };
    },
    tell: async (job, value) => call("tell", { job, values: [value] }).cpuSeconds * 1000,
    reject: async (job) => call("reject", { job }).cpuSeconds * 1000,
    observe: async (config, value) => call("observe", { config, values: [value] }),
    recommend: async () => call("recommend", {}).config,
  };
}

/** Ends Python, if a peer has started it. */
export function closePeers() {
  for (const server of servers.values()) server.close();
  servers.clear();
}

/** Python for each peer, held to one thread, started by the first call: importing its libraries takes seconds. */
const servers = new Map();
process.on("exit", closePeers);
