/**
 * Evaluates a function or a table for the benches in Python: node evaluate.mjs ID. The first line that it prints is its space and its
 * optimum. Then each line with a configuration gets a line with its value. Tables must have been fetched: npx caviar-hpo tables fetch.
 */
import { createInterface } from "node:readline";
import { readTable, tablesFolder } from "../../../packages/bench/dist/tables/tableCache.js";
import { asProblem, testFunction, toPoint } from "../../../packages/objectives/dist/index.js";
import { tableFacts, tableFunction } from "../../../packages/objectives/dist/tables.js";

const id = process.argv[2];
const table = /^table-(.+)$/.exec(id)?.[1];
const facts = table && tableFacts(table);
const fn = facts ? tableFunction(facts, readTable(tablesFolder(process.env), facts)) : testFunction(id);
const params = asProblem(fn).space.params.map(([name, param]) => ({ name, ...param }));
process.stdout.write(`${JSON.stringify({ space: params, optimum: fn.optimum.value })}\n`);
for await (const line of createInterface({ input: process.stdin })) {
  const config = JSON.parse(line);
  process.stdout.write(`${JSON.stringify(fn.evaluate(facts ? config : toPoint(fn, config)))}\n`);
}
