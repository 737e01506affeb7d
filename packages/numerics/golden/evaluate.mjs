/**
 * The Node half of `elementary.py`: reads lines `name x [y]` with doubles as 16 hexadecimal digits (big-endian), answers with the
 * result in the same form. Needs `npm run build`.
 */
import { createInterface } from "node:readline";
import { cos, exp, expm1, log, log1p, normalQuantile, pow, sin, tanh } from "../dist/index.js";

const functions = { exp, expm1, log, log1p, sin, cos, tanh, pow, normalQuantile };
const view = new DataView(new ArrayBuffer(8));

/** @param {string} hex */
function read(hex) {
  view.setBigUint64(0, BigInt(`0x${hex}`));
  return view.getFloat64(0);
}

/** @param {number} x */
function write(x) {
  view.setFloat64(0, x);
  return view.getBigUint64(0).toString(16).padStart(16, "0");
}

for await (const line of createInterface({ input: process.stdin })) {
  const [name, ...digits] = line.split(" ");
  process.stdout.write(`${write(functions[name](...digits.map(read)))}\n`);
}
