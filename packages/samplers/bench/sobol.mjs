/**
 * Scrambled Sobol points and skipping, compared with SciPy in the same run; part of `npm run bench:samplers`. CAVIAR_PYTHON names the
 * interpreter that has SciPy (default python3). One thread on both sides; both sides pay for the construction of the sequence. Every figure
 * is the best of 9 rounds, in which the contenders take turns, so that load on the machine falls on all of them.
 *
 * A new array of 80 MB costs more in page faults than its points do. NumPy asks Linux for huge pages; Node leaves it to the C library,
 * which asks if GLIBC_TUNABLES=glibc.malloc.hugetlb=1. So new arrays are measured both ways, on both sides. The last line of the table has
 * no points: it writes one number to each page of a new array. If that alone takes longer than SciPy, no generator of points in Node can be
 * as fast as SciPy into a new array on ordinary pages.
 */
import { spawn, spawnSync } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { root } from "@caviar-hpo/core";
import { sobol } from "../dist/sequences.js";

const roundCount = 9;
const pointCount = 1_000_000;
const dimension = 10;
const pieceLength = 1024;
const farIndex = 2 ** 24;
/** Doubles in a page of 4 kB. */
const pageLength = 512;

const scipySource = `
import sys, time, warnings
warnings.simplefilter("ignore")
import scipy
from scipy.stats import qmc

print(scipy.__version__, flush=True)
for round, line in enumerate(sys.stdin):
    start = time.perf_counter()
    engine = qmc.Sobol(${dimension}, scramble=True, rng=round)
    if line.strip() == "skip":
        engine.fast_forward(${farIndex})
        engine.random(1)
    else:
        engine.random(${pointCount})
    print(time.perf_counter() - start, flush=True)
`;

const intoNew = (seed) => sobol(dimension, root(seed)).fill(0, pointCount, new Float64Array(pointCount * dimension));

if (process.argv[2] === "answer") await answer();
else await compare();

/** The other process: a new array for each line that comes. */
async function answer() {
  console.log(process.version);
  let seed = 0;
  for await (const _ of createInterface({ input: process.stdin })) {
    seed++;
    console.log(seconds(() => intoNew(seed)));
  }
}

async function compare() {
  const python = process.env.CAVIAR_PYTHON || "python3";
  const hasSciPy = spawnSync(python, ["-c", "import scipy"]).status === 0;
  if (!hasSciPy) console.log(`No comparison: ${python} has no SciPy (CAVIAR_PYTHON may name one that has).`);
  const single = { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", MKL_NUM_THREADS: "1" };
  const huge = await other(process.execPath, [fileURLToPath(import.meta.url), "answer"], { GLIBC_TUNABLES: "glibc.malloc.hugetlb=1" });
  const scipy = hasSciPy ? await other(python, ["-c", scipySource], { ...single, NUMPY_MADVISE_HUGEPAGE: "1" }) : null;
  const ordinary = hasSciPy ? await other(python, ["-c", scipySource], { ...single, NUMPY_MADVISE_HUGEPAGE: "0" }) : null;

  const shared = new Float64Array(pointCount * dimension);
  const chunk = new Float64Array(pieceLength * dimension);
  const contenders = {
    "into one array, reused": (seed) => seconds(() => sobol(dimension, root(seed)).fill(0, pointCount, shared)),
    [`in pieces of ${pieceLength} points`]: (seed) => seconds(() => inPieces(sobol(dimension, root(seed)), chunk)),
    "into new arrays": (seed) => seconds(() => intoNew(seed)),
    "into new arrays, huge pages": () => huge.ask("fill"),
    ...(scipy === null ? {} : { [`SciPy ${scipy.version}`]: () => scipy.ask("fill") }),
    ...(ordinary === null ? {} : { "SciPy, ordinary pages": () => ordinary.ask("fill") }),
    "no points: new arrays, each page touched": () => seconds(touchPages),
  };
  const best = Object.fromEntries(Object.keys(contenders).map((name) => [name, Infinity]));
  for (let round = 0; round < roundCount; round++) {
    for (const [name, run] of Object.entries(contenders)) best[name] = Math.min(best[name], await run(round));
  }
  const [theirs, theirsOrdinary] = [best[`SciPy ${scipy?.version}`], best["SciPy, ordinary pages"]];
  console.log(`\nscrambled Sobol, ${pointCount} x ${dimension}, construction included, best of ${roundCount}`);
  for (const [name, time] of Object.entries(best)) {
    const rate = ((pointCount * dimension) / time / 1e6).toFixed(0).padStart(5);
    const ratios = hasSciPy
      ? `   ${(theirs / time).toFixed(2)} x SciPy, ${(theirsOrdinary / time).toFixed(2)} x SciPy on ordinary pages`
      : "";
    console.log(`  ${name.padEnd(42)}${rate} million coordinates/s${ratios}`);
  }

  const point = new Float64Array(dimension);
  const skip = { own: Infinity, scipy: Infinity };
  for (let round = 0; round < 3; round++) {
    for (let repeat = 0; repeat < 7; repeat++)
      skip.own = Math.min(
        skip.own,
        seconds(() => sobol(dimension, root(repeat)).at(farIndex, point)),
      );
    if (scipy !== null) skip.scipy = Math.min(skip.scipy, await scipy.ask("skip"));
  }
  console.log(`\npoint 2^24 of a scrambled ${dimension}-dimensional Sobol sequence, construction included`);
  const beside = hasSciPy ? `   SciPy's fast_forward ${(skip.scipy * 1000).toFixed(1)} ms` : "";
  console.log(`  ${(skip.own * 1000).toFixed(3)} ms${beside}`);
  for (const process of [huge, scipy, ordinary]) process?.close();
}

function inPieces(sequence, chunk) {
  for (let start = 0; start < pointCount; start += pieceLength) sequence.fill(start, Math.min(pieceLength, pointCount - start), chunk);
}

function touchPages() {
  const out = new Float64Array(pointCount * dimension);
  for (let at = 0; at < out.length; at += pageLength) out[at] = 1;
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
