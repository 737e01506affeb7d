/**
 * The time of each function as a ratio to the engine's own, on the built package, which is what users call (the module wrappers of a test
 * runner cost more than the functions do). Every figure is the best of 400 rounds of 10^4 calls in a process of its own, so that the one
 * loop is compiled for the one function it meets.
 *
 * Usage: npm run build && node packages/numerics/bench/elementary.mjs
 */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import * as numerics from "../dist/index.js";

const CALLS = 10_000;
const ROUNDS = 400;

/** @typedef {(x: number) => number} Elementary */
/** @type {Record<string, { low: number, high: number, own: Elementary, native?: Elementary }>} */
const cases = {
  exp: { low: -30, high: 30, own: numerics.exp, native: Math.exp },
  expm1: { low: -3, high: 3, own: numerics.expm1, native: Math.expm1 },
  log: { low: 1e-3, high: 1e3, own: numerics.log, native: Math.log },
  log1p: { low: -0.9, high: 9, own: numerics.log1p, native: Math.log1p },
  sin: { low: -100, high: 100, own: numerics.sin, native: Math.sin },
  cos: { low: -100, high: 100, own: numerics.cos, native: Math.cos },
  "sin to 10^300": { low: 1e10, high: 1e300, own: numerics.sin, native: Math.sin },
  tanh: { low: -5, high: 5, own: numerics.tanh, native: Math.tanh },
  "pow(x, 2.3)": { low: 0.01, high: 50, own: (x) => numerics.pow(x, 2.3), native: (x) => x ** 2.3 },
  normalQuantile: { low: 1e-9, high: 1, own: numerics.normalQuantile },
};

const [name, side] = process.argv.slice(2);
if (name !== undefined) console.log(nanoseconds(cases[name], side));
else printTable();

function printTable() {
  console.log(row("function", "ns a call", "Math", "ratio"));
  for (const [name, { native }] of Object.entries(cases)) {
    const own = measure(name, "own");
    if (native === undefined) {
      console.log(row(name, own.toFixed(1)));
      continue;
    }
    const beside = measure(name, "native");
    console.log(row(name, own.toFixed(1), beside.toFixed(1), (own / beside).toFixed(2)));
  }
}

/** @param {string} name @param {string} side */
function measure(name, side) {
  return Number(execFileSync(process.execPath, [fileURLToPath(import.meta.url), name, side], { encoding: "utf8" }));
}

/** @param {(typeof cases)[string]} chosen @param {string} side */
function nanoseconds({ low, high, own, native }, side) {
  const f = side === "own" ? own : native;
  const points = Float64Array.from({ length: CALLS }, (_, index) => low + ((high - low) * ((index * 7919) % CALLS)) / CALLS);
  let best = Infinity;
  let sum = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const start = process.hrtime.bigint();
    sum += total(f, points);
    best = Math.min(best, Number(process.hrtime.bigint() - start) / CALLS);
  }
  if (Number.isNaN(sum)) throw new Error("a function returned NaN inside its domain");
  return best;
}

/** @param {Elementary} f @param {Float64Array} points */
function total(f, points) {
  let sum = 0;
  for (let index = 0; index < points.length; index++) sum += f(points[index]);
  return sum;
}

/** @param {string} name @param {string[]} figures */
function row(name, ...figures) {
  return name.padEnd(16) + figures.map((figure) => figure.padStart(11)).join("");
}
