/** A strategy over the wire that halves the space again and again. Its argument says what goes wrong. */
import { createInterface } from "node:readline";

const mode = process.argv[2] ?? "honest";
const answer = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
let space = [];
let asked = 0;
const queue = [];

const methods = {
  open: ({ problem, strategy }) => {
    if (mode === "onlyPlanes" && problem.space.length !== 2) throw new Error("only two parameters");
    space = problem.space;
    const can = { batch: false, fidelity: false, conditional: false, objectives: 1, constraints: false, external: true };
    return { protocol: 2, name: strategy.name, version: "7.1", can, stored: false, trials: 0, running: [] };
  },
  enqueue: ({ config }) => {
    queue.push(config);
    return {};
  },
  ask: () => {
    if (asked === 3 && mode === "crash") {
      process.stderr.write("no more ideas\n");
      process.exit(9);
    }
    if (asked === 3 && mode === "garbage") process.stdout.write("thinking ...\n");
    const place = asked === 3 && mode === "outside" ? 2 : mode === "moody" ? Math.random() : 0.5 ** asked;
    const config = queue.shift() ?? Object.fromEntries(space.map(({ name, low, high }) => [name, low + (high - low) * place]));
    const job = { id: asked, trial: asked, config, from: null, until: 1, milestones: [1] };
    asked++;
    return { jobs: [job], directives: [], then: "more" };
  },
  tell: () => ({ effect: "accepted", directives: [] }),
  fail: () => ({ effect: "failed", directives: [] }),
};

createInterface({ input: process.stdin }).on("line", (line) => {
  const { id, method, params } = JSON.parse(line);
  if (method === "ask" && asked === 3 && mode === "hang") {
    setInterval(() => {}, 1000);
    return;
  }
  try {
    answer({ id, result: methods[method](params) });
  } catch (error) {
    answer({ id, error: { code: -32602, message: error.message } });
  }
});
