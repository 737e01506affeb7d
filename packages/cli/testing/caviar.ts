/** The built command as its users meet it: a process of its own. `npm run build` makes it. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const pathTo = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
/** What node is given to run it. */
export const bin: string = pathTo("../bin/caviar.js");
/** What `npm ci` links. */
export const installed: string = pathTo("../../../node_modules/.bin/caviar");

export type Ended = { readonly code: number | null; readonly signal: string | null; readonly stdout: string; readonly stderr: string };
export type Started = { readonly child: ChildProcessWithoutNullStreams; readonly ended: Promise<Ended> };

export type StartOptions = {
  readonly cwd?: string;
  /** What is started; with node where it is not given. */
  readonly file?: string;
  /** Leads a group of its own, as a command in a shell does: what it starts is in the group too. */
  readonly detached?: boolean;
};

export function start(args: readonly string[], { file, ...options }: StartOptions = {}): Started {
  if (!existsSync(pathTo("../dist/main.js"))) throw new Error("packages/cli/dist is missing: npm run build");
  const [command, words] = file === undefined ? [process.execPath, [bin, ...args]] : [file, [...args]];
  const child = spawn(command, words, options);
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { child, ended };
}

/** Runs a command to its end on some input. */
export function run(args: readonly string[], { input = "", ...options }: StartOptions & { readonly input?: string } = {}): Promise<Ended> {
  const { child, ended } = start(args, options);
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  return ended;
}

// biome-ignore lint/suspicious/noExplicitAny: answers are read as tests need them, and compared.
export type Any = any;

export type Server = Started & {
  /** The parsed answer to a line that gets one. */
  line(text: string | Uint8Array): Promise<Any>;
  /** The result; rejects where the answer is an error. */
  call(method: string, params?: object): Promise<Any>;
  /** The error; rejects where the answer is a result. */
  refusal(method: string, params?: object): Promise<Any>;
  /** Ends the input; how the process ended. */
  end(): Promise<Ended>;
};

/** `caviar serve`, one answer awaited at a time. */
export function startServer(options: { readonly file?: string } = {}): Server {
  const started = start(["serve"], options);
  const waiting: ((line: string) => void)[] = [];
  const ready: string[] = [];
  let rest = "";
  started.child.stdout.on("data", (text: string) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop()!;
    for (const line of lines) {
      const next = waiting.shift();
      if (next === undefined) ready.push(line);
      else next(line);
    }
  });
  let id = 0;
  const line: Server["line"] = async (text) => {
    started.child.stdin.write(text);
    started.child.stdin.write("\n");
    const answer = ready.shift() ?? (await new Promise<string>((resolve) => waiting.push(resolve)));
    return JSON.parse(answer);
  };
  const send = async (method: string, params?: object): Promise<Any> => {
    id++;
    const answer = await line(JSON.stringify({ jsonrpc: "2.0", id, method, ...(params && { params }) }));
    if (answer.id !== id || answer.jsonrpc !== "2.0") throw new Error(`answer ${JSON.stringify(answer)} to request ${id}`);
    return answer;
  };
  const pick = async (key: "result" | "error", method: string, params?: object): Promise<Any> => {
    const answer = await send(method, params);
    if (!(key in answer)) throw new Error(`${method}: ${JSON.stringify(answer)}`);
    return answer[key];
  };
  return {
    ...started,
    line,
    call: (method, params) => pick("result", method, params),
    refusal: (method, params) => pick("error", method, params),
    end: () => {
      started.child.stdin.end();
      return started.ended;
    },
  };
}
