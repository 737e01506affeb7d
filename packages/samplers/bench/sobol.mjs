/**
 * Scrambled Sobol points and skipping, beside SciPy in the same run; part of `npm run bench:samplers`. CAVIAR_PYTHON names the interpreter
 * that has SciPy (default python3). One thread on both sides; both sides pay for the construction of the sequence. Every figure is the
 * best of 9 rounds, in which the contenders take turns, so that load on the machine falls on all of them.
 *
 * A new array of 80 MB costs more in page faults than its points do. NumPy asks Linux for huge pages; Node leaves it to the C library, which
 * asks if GLIBC_TUNABLES=glibc.malloc.hugetlb=1. So new arrays are measured both ways, on both sides.
 */
import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { root } from "@caviar-hpo/core";
import { sobol } from "../dist/index.js";

const ROUNDS = 9;
const POINTS = 1_000_000;
const DIMENSIONS = 10;
const CHUNK = 1024;
const FAR = 2 ** 24;

const scipySource = `
import sys, time, warnings
warnings.simplefilter("ignore")
import scipy
from scipy.stats import qmc

print(scipy.__version__, flush=True)
for round, line in enumerate(sys.stdin):
    start = time.perf_counter()
    engine = qmc.Sobol(${DIMENSIONS}, scramble=True, rng=round)
    if line.strip() == "skip":
        engine.fast_forward(${FAR})
        engine.random(1)
    else:
        engine.random(${POINTS})
    print(time.perf_counter() - start, flush=True)
`;

const intoNew = (seed) => sobol(DIMENSIONS, root(seed)).fill(0, POINTS, new Float64Array(POINTS * DIMENSIONS));

if (process.argv[2] === "answer") await answer();
else await compare();

/** The other process: a new array for each line that comes. */
async function answer() {
  console.log(process.version);
  let seed = 0;
  for await (const _ of createInterface({ input: process.stdin })) {
    seed += 1;
    console.log(seconds(() => intoNew(seed)));
  }
}

async function compare() {
  const python = process.env.CAVIAR_PYTHON ?? "python3";
  const hasSciPy = spawnSync(python, ["-c", "import scipy"]).status === 0;
  if (!hasSciPy) console.log(`No comparison: ${python} has no SciPy (CAVIAR_PYTHON may name one that has).`);
  const single = { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", MKL_NUM_THREADS: "1" };
  const huge = await other(process.execPath, [fileURLToPath(import.meta.url), "answer"], { GLIBC_TUNABLES: "glibc.malloc.hugetlb=1" });
  const scipy = hasSciPy ? await other(python, ["-c", scipySource], { ...single, NUMPY_MADVISE_HUGEPAGE: "1" }) : null;
  const ordinary = hasSciPy ? await other(python, ["-c", scipySource], { ...single, NUMPY_MADVISE_HUGEPAGE: "0" }) : null;

  const shared = new Float64Array(POINTS * DIMENSIONS);
  const chunk = new Float64Array(CHUNK * DIMENSIONS);
  const contenders = {
    "into one array, reused": (seed) => seconds(() => sobol(DIMENSIONS, root(seed)).fill(0, POINTS, shared)),
    [`in pieces of ${CHUNK} points`]: (seed) => seconds(() => inPieces(sobol(DIMENSIONS, root(seed)), chunk)),
    "into new arrays": (seed) => seconds(() => intoNew(seed)),
    "into new arrays, huge pages": () => huge.ask("fill"),
    ...(scipy === null ? {} : { [`SciPy ${scipy.version}`]: () => scipy.ask("fill") }),
    ...(ordinary === null ? {} : { "SciPy, ordinary pages": () => ordinary.ask("fill") }),
  };
  const best = Object.fromEntries(Object.keys(contenders).map((name) => [name, Infinity]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, run] of Object.entries(contenders)) best[name] = Math.min(best[name], await run(round));
  }
  const [theirs, theirsOrdinary] = [best[`SciPy ${scipy?.version}`], best["SciPy, ordinary pages"]];
  console.log(`\nscrambled Sobol, ${POINTS} x ${DIMENSIONS}, construction included, best of ${ROUNDS}`);
  for (const [name, time] of Object.entries(best)) {
    const rate = ((POINTS * DIMENSIONS) / time / 1e6).toFixed(0).padStart(5);
    const ratios = hasSciPy
      ? `   ${(theirs / time).toFixed(2)} x SciPy, ${(theirsOrdinary / time).toFixed(2)} x SciPy on ordinary pages`
      : "";
    console.log(`  ${name.padEnd(30)}${rate} million coordinates/s${ratios}`);
  }

  const point = new Float64Array(DIMENSIONS);
  const skip = { own: Infinity, scipy: Infinity };
  for (let round = 0; round < 3; round++) {
    for (let repeat = 0; repeat < 7; repeat++)
      skip.own = Math.min(
        skip.own,
        seconds(() => sobol(DIMENSIONS, root(repeat)).at(FAR, point)),
      );
    if (scipy !== null) skip.scipy = Math.min(skip.scipy, await scipy.ask("skip"));
  }
  console.log(`\npoint 2^24 of a scrambled ${DIMENSIONS}-dimensional Sobol sequence, construction included`);
  const beside = hasSciPy ? `   SciPy's fast_forward ${(skip.scipy * 1000).toFixed(1)} ms` : "";
  console.log(`  ${(skip.own * 1000).toFixed(3)} ms${beside}`);
  for (const process of [huge, scipy, ordinary]) process?.close();
}

function inPieces(sequence, chunk) {
  for (let start = 0; start < POINTS; start += CHUNK) sequence.fill(start, Math.min(CHUNK, POINTS - start), chunk);
}

function seconds(run) {
  const start = performance.now();
  run();
  return (performance.now() - start) / 1000;
}

/** A process that says its version and then answers each line with seconds. */
async function other(command, arguments_, environment) {
  const child = spawn(command, arguments_, { env: { ...process.env, ...environment }, stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value } = await lines.next();
    if (value === undefined) throw new Error(`${command} ended`);
    return value;
  };
  return {
    version: await next(),
    async ask(task) {
      child.stdin.write(`${task}\n`);
      return Number(await next());
    },
    close: () => child.stdin.end(),
  };
}
