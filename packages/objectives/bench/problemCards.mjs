/**
 * Prints problem cards: what the low fidelities of a function are worth. Needs the built package.
 *
 *     node packages/objectives/bench/problemCards.mjs                          the cards of the README
 *     node packages/objectives/bench/problemCards.mjs 100000 curves-crossing-hartmann6 currin-mf
 */
import { multiFidelityFunction, problemCard, problemCardText } from "../dist/index.js";

const usual = [
  "branin-augmented",
  "mf-hartmann6-good",
  "counting-ones-c8-r8",
  "curves-aligned-hartmann6",
  "curves-crossing-branin",
  "curves-diverging-ackley-d5",
];
const [first, ...rest] = process.argv.slice(2);
const count = Number(first);
const configurations = Number.isInteger(count) ? count : 10_000;
const given = Number.isInteger(count) || first === undefined ? rest : [first, ...rest];
for (const id of given.length === 0 ? usual : given) {
  process.stdout.write(`${problemCardText(problemCard(multiFidelityFunction(id), { configurations }))}\n\n`);
}
