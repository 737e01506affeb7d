/**
 * `npm run peers:install`: the environments of the Python peers, from the pinned lists in
 * `benchmarks/peers/requirements`. Arguments: names of peers (all by default); `--python PROGRAM` makes new environments with another
 * interpreter than python3. It prints the version of each peer, or why there is none, and fails if one is missing. An environment that
 * exists is brought up to date.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { interpreterOf, peerNames, startPeerServer } from "@caviar-hpo/bench/peers";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { python: { type: "string", default: "python3" } } });
const unknown = positionals.filter((name) => !Object.hasOwn(peerNames, name));
const names = positionals.length > 0 ? positionals : Object.keys(peerNames);

/** @param {string} name */
const requirements = (name) => fileURLToPath(new URL(`../benchmarks/peers/requirements/${name}.txt`, import.meta.url));

const needsOf = (/** @type {string} */ name) => /** @type {import("@caviar-hpo/bench/peers").PeerNeeds} */ (peerNames[name]);

/** Runs a program. The end of what it said if it failed, null if it did not. */
function failureOf(/** @type {string} */ program, /** @type {readonly string[]} */ args) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { encoding: "utf8", maxBuffer: 1e9 });
  if (status === 0) return null;
  return error?.message ?? `${stdout}${stderr}`.trim().split("\n").slice(-3).join("\n");
}

/** Makes an environment or brings it up to date. The reason why it could not, or null. */
function failureToMake(/** @type {string} */ environment) {
  const python = interpreterOf(environment);
  const pip = ["-m", "pip", "install", "--quiet", "-r"];
  // What is in the second list works with newer versions than it asks for.
  const unbound = requirements(`${environment}-no-deps`);
  return (
    (existsSync(python) ? null : failureOf(values.python, ["-m", "venv", dirname(dirname(python))])) ??
    failureOf(python, [...pip, requirements(environment)]) ??
    (existsSync(unbound) ? failureOf(python, [...pip, unbound, "--no-deps"]) : null)
  );
}

/** Opens a study with the peer. @returns {string} its version */
function versionOf(/** @type {string} */ name) {
  if (!existsSync(interpreterOf(needsOf(name).environment))) throw new Error("its environment could not be made");
  const server = startPeerServer(name, 600);
  try {
    const fidelity = needsOf(name).multiFidelity ? { fidelity: { unit: "epoch", min: 1, max: 27 } } : {};
    const problem = { space: [{ name: "x", kind: "real", low: 0, high: 1 }], ...fidelity };
    return String(server.call("open", { protocol: 2, problem, strategy: { name }, seed: 1 }).version);
  } finally {
    server.close();
  }
}

if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(", ")}. The peers are ${Object.keys(peerNames).join(", ")}.`);
  process.exitCode = 1;
} else {
  let missing = false;
  for (const environment of new Set(names.map((name) => needsOf(name).environment))) {
    console.log(`${dirname(dirname(interpreterOf(environment)))} …`);
    const failure = failureToMake(environment);
    if (failure !== null) console.log(`  pip: ${failure}`);
    for (const name of names.filter((one) => needsOf(one).environment === environment)) {
      try {
        console.log(`  ${name}: ${versionOf(name)}`);
      } catch (error) {
        missing = true;
        console.log(`  ${name}: not available: ${/** @type {Error} */ (error).message}`);
      }
    }
  }
  if (missing) {
    console.log("What is missing may have no packages for this version of Python. Delete its environment and choose another one,");
    console.log("for instance: npm run peers:install -- --python python3.11");
    process.exitCode = 1;
  }
}
