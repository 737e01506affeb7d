/**
 * The longest lines that `caviar serve` takes, each in a process of its own: that it lives and answers the next request, how long its
 * longest answer is, and how much memory and time it needs. Linux only, as the peak of memory is read from /proc. Run with
 * `npm run bench:wire`; names of cases may follow.
 */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const bin = fileURLToPath(new URL("../bin/caviar.js", import.meta.url));
const lineUnits = 64 * 1024 * 1024;
const mostMemoryMb = 32 * 64;
const mostSeconds = 120;

const request = (id, method, params = {}) => JSON.stringify({ jsonrpc: "2.0", id, method, params });
const real = { name: "x", kind: "real", low: 0, high: 1 };
const open = (param = real) => request(0, "open", { protocol: 1, seed: 1, strategy: { name: "random" }, problem: { space: [param] } });
const list = (length, make) => Array.from({ length }, (_, index) => make(index)).join(",");
const withId = (id) => `{"jsonrpc":"2.0","method":"ask","id":"${id}"}`;
const withParams = (method, params) => `{"jsonrpc":"2.0","id":1,"method":"${method}","params":${params}}`;

/** The lines of each case. */
const cases = {
  "id of U+007F": () => [open(), withId("\u007f".repeat(12e6))],
  "id of letters": () => [open(), withId("a".repeat(67_108_804))],
  "id of wide characters": () => [open(), withId("日".repeat(67_108_804))],
  "line of 192 MiB": () => [open(), "x".repeat(3 * lineUnits)],
  "batch of 33 million numbers": () => [open(), `[${"1,".repeat(33e6)}1]`],
  "batch of 16 million objects": () => [open(), `[${"{},".repeat(16e6)}{}]`],
  "batch of 5,000 strategies": () => [`[${list(5000, (id) => request(id, "strategies"))}]`],
  "batch of 45 snapshots": () => [open(), request(1, "ask", { want: 100_000 }), `[${list(45, (id) => request(id, "snapshot"))}]`],
  "5 million keys": () => [open(), withParams("ask", `{${list(5e6, (index) => `"${index.toString(36)}":1`)}}`)],
  "16 million numbers": () => [open(), withParams("restore", `{"snapshot":{"events":[${"1.5,".repeat(16e6)}1]}}`)],
  "20 million lists": () => [open(), withParams("predict", `{"configs":[${"[],".repeat(20e6)}1]}`)],
  "an option of 10 million U+007F": () => [
    open({ name: "c", kind: "choice", options: ["\u007f".repeat(10e6), "b"] }),
    request(1, "ask"),
    request(2, "ask", { want: 100 }),
    request(3, "snapshot"),
  ],
};

const chosen = process.argv.slice(2);
let failed = false;
for (const [name, lines] of Object.entries(cases)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const { code, longest, lives, memoryMb, seconds } = await converse(lines());
  const good = code === 0 && lives && longest <= lineUnits && memoryMb <= mostMemoryMb && seconds <= mostSeconds;
  failed ||= !good;
  const figures = `${String(longest).padStart(10)} units  ${memoryMb.toFixed(0).padStart(5)} MB  ${seconds.toFixed(1).padStart(5)} s`;
  console.log(`${name.padEnd(32)}${figures}  ${good ? "" : `exit ${code}, ${lives ? "lives" : "dead"}`}`);
}
process.exitCode = failed ? 1 : 0;

/** Sends the lines, then a short request whose answer shows that the session lives. */
async function converse(lines) {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [bin, "serve"], { stdio: ["pipe", "pipe", "ignore"] });
  const answers = watch(child.stdout);
  child.stdin.on("error", () => {});
  for (const line of [...lines, request("alive", "best")]) child.stdin.write(`${line}\n`);
  child.stdin.end();
  let memoryMb = 0;
  const poll = setInterval(() => {
    memoryMb = Math.max(memoryMb, peakOf(child.pid));
  }, 20);
  const code = await new Promise((resolve) => child.on("close", (status, signal) => resolve(status ?? signal)));
  clearInterval(poll);
  return { code, ...answers(), memoryMb, seconds: (performance.now() - startedMs) / 1000 };
}

/** The longest line so far, and whether the last one answers "alive". */
function watch(output) {
  let longest = 0;
  let length = 0;
  let end = "";
  output.setEncoding("utf8").on("data", (text) => {
    text.split("\n").forEach((part, index) => {
      if (index > 0) length = 0;
      length += part.length;
      longest = Math.max(longest, length);
    });
    end = (end + text).slice(-1000);
  });
  return () => ({ longest, lives: end.includes('"id":"alive"') });
}

function peakOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}
