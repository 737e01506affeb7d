/** Starts processes that work on a durable study (`durableChild.mjs`), and listens to them. */
import { type ChildProcessWithoutNullStreams, type SpawnOptions, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const program = fileURLToPath(new URL("durableChild.mjs", import.meta.url));
const build = fileURLToPath(new URL("../dist/index.js", import.meta.url));

export type Child = {
  readonly process: ChildProcessWithoutNullStreams;
  /** The next line that it says; null once it has ended. */
  line(): Promise<string | null>;
  /** Says a line to it, and gives its answer. */
  ask(line: string): Promise<string | null>;
  /** Sends a signal, and waits for the end of the process. */
  kill(signal: NodeJS.Signals): Promise<void>;
  readonly ended: Promise<void>;
};

export function startChild(args: readonly string[], options: SpawnOptions = {}): Child {
  if (!existsSync(build)) throw new Error("packages/runtime/dist is missing: npm run build");
  const child = spawn(process.execPath, [program, ...args], { ...options, stdio: "pipe" });
  const lines: string[] = [];
  const waiting: ((line: string | null) => void)[] = [];
  let rest = "";
  let over = false;
  const give = (): void => {
    while (waiting.length > 0 && (lines.length > 0 || over)) waiting.shift()!(lines.shift() ?? null);
  };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    const parts = (rest + text).split("\n");
    rest = parts.pop()!;
    lines.push(...parts);
    give();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => lines.push(...text.split("\n")));
  child.stdin.on("error", () => {});
  const ended = new Promise<void>((resolve) => {
    child.on("close", () => {
      over = true;
      give();
      resolve();
    });
  });
  const line = (): Promise<string | null> =>
    new Promise((resolve) => {
      waiting.push(resolve);
      give();
    });
  return {
    process: child,
    line,
    ask: (text) => {
      child.stdin.write(`${text}\n`);
      return line();
    },
    kill: async (signal) => {
      child.kill(signal);
      await ended;
    },
    ended,
  };
}
