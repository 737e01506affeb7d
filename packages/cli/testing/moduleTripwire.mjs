/**
 * Runs command lines in one process whose loader writes down every module that is asked for. Reads `{ lines, careless, whole }` from its
 * first argument: command lines, specifiers that it imports itself, as a careless reader of names would, and whether it loads every command
 * before the first line. Prints `{ codes, asked }`.
 */
import { once } from "node:events";
import { register } from "node:module";
import { PassThrough } from "node:stream";
import { MessageChannel } from "node:worker_threads";

const { port1, port2 } = new MessageChannel();
const asked = [];
port1.on("message", (specifier) => asked.push(specifier));
const hooks = `
let port;
export function initialize(data) { ({ port } = data); }
export function resolve(specifier, context, next) { port.postMessage(specifier); return next(specifier, context); }
`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`, { data: { port: port2 }, transferList: [port2] });

const { lines, careless, whole } = JSON.parse(process.argv[2]);
const { caviar } = await import("../dist/caviar.js");
if (whole) {
  const { commands } = await import("../dist/commands.js");
  for (const { load } of commands) await load();
  for (const late of ["failure", "verifyCampaignIn", "exportCoco", "reportCampaign"]) await import(`../dist/${late}.js`);
}
const codes = [];
for (const args of lines) {
  const stream = () => new PassThrough().resume();
  const signals = { on: () => {}, off: () => {} };
  codes.push(await caviar(args, { stdin: stream(), stdout: stream(), stderr: stream(), env: process.env, signals }));
}
for (const specifier of careless) await import(specifier).catch(() => {});
const before = asked.length;
// The loader answers in order, so all messages before this one have been sent.
await import("data:text/javascript,export default 'last'");
if (asked.length === before) await once(port1, "message");
console.log(JSON.stringify({ codes, asked }));
port1.close();
