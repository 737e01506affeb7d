/** A problem as a program: a configuration a line, and a value a line. It ends if the value of `x` is above its argument. */
import { createInterface } from "node:readline";

const most = Number(process.argv[2] ?? Infinity);

createInterface({ input: process.stdin }).on("line", (line) => {
  const { x, kind } = JSON.parse(line);
  if (x > most) process.exit(4);
  process.stdout.write(`${x < 0.01 ? null : (x - 0.25) ** 2 + (kind === "high" ? 1 : 0)}\n`);
});
