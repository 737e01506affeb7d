/** `caviar serve` for several clients, as real processes: on a Unix socket and on a port. */
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Any, type Started, start } from "../testing/caviar.ts";
import { fakeTerminal } from "../testing/fakeTerminal.ts";
import { caviar } from "./caviar.ts";

const opening = {
  protocol: 2,
  name: "digits",
  problem: { space: [{ name: "x", kind: "real", low: 0, high: 1 }] },
  strategy: { name: "tpe" },
  seed: 7,
};
const study = "digits";

let folder: string;
let servers: Started[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "caviar-"));
  servers = [];
});

afterEach(async () => {
  for (const { child, ended } of servers) {
    child.kill("SIGKILL");
    await ended;
  }
  rmSync(folder, { recursive: true });
});

/** A server that listens, and the address that it prints. */
async function listening(...args: readonly string[]): Promise<Started & { readonly address: string }> {
  const server = start(["serve", "--root", join(folder, "studies"), ...args]);
  servers.push(server);
  const address = await new Promise<string>((resolve, reject) => {
    server.child.stdout.once("data", (text: string) => resolve(text.trim()));
    void server.ended.then(({ stderr }) => reject(new Error(stderr)));
  });
  return { ...server, address };
}

type Call = (method: string, params?: object) => Promise<Any>;

async function socketClient(path: string): Promise<Call & { leave(): void }> {
  const socket = connect(path).on("error", () => {});
  const lines = createInterface(socket)[Symbol.asyncIterator]();
  const call: Call = async (method, params = {}) => {
    socket.write(`${JSON.stringify({ jsonrpc: "2.0", id: 1, method, params })}\n`);
    const { result, error } = JSON.parse((await lines.next()).value);
    return result ?? error.data;
  };
  return Object.assign(call, { leave: () => socket.destroy() });
}

function portClient(address: string, token: string): Call {
  return async (method, params = {}) => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const response = await fetch(address, { method: "POST", headers, body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }) });
    const { result, error } = (await response.json()) as Any;
    return result ?? error.data;
  };
}

/** Reports 10 trials, two workers in turn, and gives their configurations. */
async function work(calls: readonly Call[], count: number): Promise<readonly Any[]> {
  const found: Any[] = [];
  for (let index = 0; index < count; index++) {
    const call = calls[index % calls.length]!;
    const [job] = (await call("ask", { study })).jobs;
    await call("tell", { study, job: job.id, values: [(job.config.x - 0.3) ** 2] });
    found.push(job.config);
  }
  return found;
}

describe.skipIf(process.platform === "win32")("on a Unix socket", () => {
  test("two clients share a study, which continues after kill -9 with the configurations of an undisturbed one", async () => {
    const path = join(folder, "socket");
    const undisturbed = await listening("--socket", join(folder, "undisturbed"));
    const alone = await socketClient(undisturbed.address);
    await alone("open", { ...opening, name: "alone" });
    const expected: Any[] = [];
    for (let index = 0; index < 24; index++) {
      const [job] = (await alone("ask")).jobs;
      await alone("tell", { job: job.id, values: [(job.config.x - 0.3) ** 2] });
      expected.push(job.config);
    }
    const found: Any[] = [];
    for (let life = 0; life < 3; life++) {
      const server = await listening("--socket", path);
      expect(server.address).toBe(path);
      expect(statSync(path).mode & 0o777).toBe(0o600);
      const clients = [await socketClient(path), await socketClient(path)];
      for (const client of clients) expect(await client("open", opening)).toMatchObject({ stored: true, trials: 8 * life });
      found.push(...(await work(clients, 8)));
      server.child.kill("SIGKILL");
      await server.ended;
    }
    expect(found).toEqual(expected);
  });

  test.each(["SIGTERM", "SIGINT"] as const)("%s ends it with exit code 0, and it leaves no socket and no lock", async (signal) => {
    const server = await listening("--socket", join(folder, "socket"));
    const client = await socketClient(server.address);
    await client("open", opening);
    server.child.kill(signal);
    expect(await server.ended).toMatchObject({ code: 0, stderr: "" });
    expect(existsSync(join(folder, "socket"))).toBe(false);
    const next = await listening("--socket", join(folder, "socket"));
    expect(await (await socketClient(next.address))("open", opening)).toMatchObject({ trials: 0 });
  });
});

describe("on a port", () => {
  test("clients with the token share a study, and others are refused", async () => {
    const file = join(folder, "token");
    const { address } = await listening("--port", "0", "--token-file", file);
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    if (process.platform !== "win32") expect(statSync(file).mode & 0o777).toBe(0o600);
    const token = readFileSync(file, "utf8").trim();
    expect(Buffer.from(token, "base64url")).toHaveLength(32);
    const clients = [portClient(address, token), portClient(address, token)];
    for (const client of clients) await client("open", opening);
    await work(clients, 4);
    expect(await clients[0]!("trials", { study })).toMatchObject({ total: 4 });
    expect(await portClient(address, "x".repeat(43))("trials", { study })).toMatchObject({ code: "wrongToken" });
  });

  test("the token stays the same when the server starts again", async () => {
    const file = join(folder, "token");
    const first = await listening("--port", "0", "--token-file", file);
    const token = readFileSync(file, "utf8").trim();
    first.child.kill("SIGKILL");
    await first.ended;
    const { address } = await listening("--port", "0", "--token-file", file);
    expect(await portClient(address, token)("studies")).toEqual({ studies: [] });
  });
});

describe("is refused, with exit code 2,", () => {
  const others = (): string => {
    const path = join(folder, "token");
    writeFileSync(path, "t".repeat(43));
    chmodSync(path, 0o644);
    return path;
  };

  test.each<readonly [name: string, args: () => readonly string[], said: RegExp]>([
    ["both places", () => ["--socket", "s", "--port", "0", "--token-file", "t"], /either --socket or --port/],
    ["a port without a token file", () => ["--port", "0"], /--port together with --token-file/],
    ["a token file without a port", () => ["--token-file", "t"], /--port together with --token-file/],
    ["a port that is no number", () => ["--port", "x", "--token-file", "t"], /a whole number up to 65535/],
    ["a token on the command line", () => ["--port", "0", "--token", "t"], /--token-file/],
    ["a file in the place of the socket", () => ["--socket", others()], /a path where nothing is/],
    ...(process.platform === "win32"
      ? []
      : [
          [
            "a token file that others can read",
            () => ["--port", "0", "--token-file", others()],
            /only you can read.*644.*chmod 600/,
          ] as const,
        ]),
  ])("%s", async (_name, args, said) => {
    const terminal = fakeTerminal();
    const code = await caviar(["serve", ...args()], terminal);
    expect({ code, stdout: terminal.stdout.text() }).toEqual({ code: 2, stdout: "" });
    expect(terminal.stderr.text().replaceAll(/\s+/g, " ")).toMatch(said);
  });
});
