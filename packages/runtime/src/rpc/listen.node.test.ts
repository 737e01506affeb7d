/** Servers with several clients, on real sockets and ports. A client that is slow or hostile harms only itself. */
import { existsSync, lstatSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Any } from "../../testing/client.ts";
import { registry } from "../../testing/registry.ts";
import { batchLength, connections, sharedLineLength } from "./limits.ts";
import { type Listening, listen } from "./listen.ts";

const opening = {
  protocol: 2,
  name: "digits",
  problem: { space: [{ name: "x", kind: "real", low: 0, high: 1 }] },
  strategy: { name: "mean" },
  seed: 7,
};

let folder: string;
let toClose: (() => unknown)[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "caviar-"));
  toClose = [];
});

afterEach(async () => {
  for (const close of toClose.reverse()) await close();
  rmSync(folder, { recursive: true });
});

async function started(options: Parameters<typeof listen>[1]): Promise<Listening> {
  const server = await listen(registry, options);
  toClose.push(() => server.close());
  return server;
}

type Connection = {
  /** The next answer. */
  heard(): Promise<Any>;
  call(method: string, params?: object): Promise<Any>;
  write(text: string | Uint8Array): void;
  /** Reads no more. */
  pause(): void;
  gone(): Promise<unknown>;
  leave(): void;
};

async function connected(path: string): Promise<Connection> {
  const socket = connect(path);
  socket.on("error", () => {});
  await new Promise((resolve) => socket.on("connect", resolve));
  return connectionOn(socket);
}

function connectionOn(socket: Socket): Connection {
  const gone = new Promise((resolve) => socket.on("error", () => {}).on("close", resolve));
  toClose.push(() => socket.destroy());
  const lines: string[] = [];
  const waiting: ((line: string) => void)[] = [];
  createInterface(socket).on("line", (line) => {
    const next = waiting.shift();
    if (next === undefined) lines.push(line);
    else next(line);
  });
  const heard = async (): Promise<Any> => JSON.parse(lines.shift() ?? (await new Promise<string>((resolve) => waiting.push(resolve))));
  const write = (text: string | Uint8Array): void => void socket.write(text);
  return {
    heard,
    write,
    call: async (method, params = {}) => {
      write(`${JSON.stringify({ jsonrpc: "2.0", id: method, method, params })}\n`);
      const { result, error } = await heard();
      return result ?? error.data;
    },
    pause: () => socket.pause(),
    gone: () => gone,
    leave: () => socket.destroy(),
  };
}

describe.skipIf(process.platform === "win32")("a Unix socket", () => {
  const place = (): string => join(folder, "socket");
  const serverThere = (): Promise<Listening> => started({ socket: place(), root: join(folder, "studies") });

  it("can be used by its owner only, and is gone when the server has closed", async () => {
    const server = await serverThere();
    expect(lstatSync(place()).mode & 0o777).toBe(0o600);
    await server.close();
    expect(existsSync(place())).toBe(false);
  });

  it("serves several clients, which share studies", async () => {
    await serverThere();
    const [one, two] = [await connected(place()), await connected(place())];
    await one.call("open", opening);
    await two.call("open", { protocol: 2, name: "digits" });
    const { jobs } = await one.call("ask", { want: 2 });
    expect(await two.call("tell", { job: jobs[1].id, values: [3] })).toEqual({ effect: "accepted", directives: [] });
    expect((await one.call("best")).front).toMatchObject([{ trial: 1, values: [3] }]);
  });

  it("gives back the lock of a study when its clients have gone, and when the server closes", async () => {
    const server = await serverThere();
    const [one, two] = [await connected(place()), await connected(place())];
    await one.call("open", opening);
    const [study] = readdirSync(join(folder, "studies"));
    const locks = (): readonly string[] => readdirSync(join(folder, "studies", study!)).filter((name) => name.startsWith("lock-"));
    expect(locks()).toHaveLength(1);
    one.leave();
    while (locks().length > 0) await new Promise(setImmediate);
    await two.call("open", opening);
    expect(locks()).toHaveLength(1);
    await server.close();
    expect(locks()).toEqual([]);
  });

  it("of a server that was killed is used again; that of a server that runs is not, and no other file is removed", async () => {
    await serverThere();
    await expect(listen(registry, { socket: place() })).rejects.toMatchObject({ code: "addressInUse" });
    const stale = join(folder, "stale");
    const holder = createServer().listen(stale);
    await new Promise((resolve) => holder.on("listening", resolve));
    // As kill -9 does, the handle is dropped without removing the file.
    const moved = join(folder, "moved");
    renameSync(stale, moved);
    await new Promise((resolve) => holder.close(resolve));
    renameSync(moved, stale);
    await started({ socket: stale });
    expect(await (await connected(stale)).call("studies")).toEqual({ studies: [] });
    const file = join(folder, "file");
    writeFileSync(file, "mine");
    await expect(listen(registry, { socket: file })).rejects.toMatchObject({ code: "badOption" });
    expect(existsSync(file)).toBe(true);
  });

  it("refuses one client too many, and serves it after another has left", async () => {
    await serverThere();
    const clients = [];
    for (let index = 0; index < connections; index++) clients.push(await connected(place()));
    for (const client of clients) await client.call("studies");
    const extra = await connected(place());
    expect((await extra.heard()).error.data.code).toBe("tooManyClients");
    await extra.gone();
    clients[0]!.leave();
    for (;;) {
      const next = await connected(place());
      next.write('{"jsonrpc":"2.0","id":1,"method":"studies"}\n');
      const { result } = await next.heard();
      if (result !== undefined) break;
    }
  });

  it("lets no client that stalls, floods, sends garbage or never reads disturb another", async () => {
    await serverThere();
    const worker = await connected(place());
    await worker.call("open", opening);
    const [stalls, garbage, long, deaf, drops] = await Promise.all(Array.from({ length: 5 }, () => connected(place())));
    stalls!.write('{"jsonrpc":"2.0","id":1,"method":"as');
    garbage!.write(Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7919 + 11) % 256));
    long!.write("x".repeat(sharedLineLength + 10));
    expect((await long!.heard()).error.data.code).toBe("tooLong");
    deaf!.pause();
    await worker.call("ask", { want: 1000 });
    const join = JSON.stringify({ jsonrpc: "2.0", id: 1, method: "open", params: { protocol: 2, name: "digits" } });
    deaf!.write(`${join}\n${`${JSON.stringify({ jsonrpc: "2.0", id: 2, method: "trials" })}\n`.repeat(2000)}`);
    drops!.write(`${join}\n{"jsonrpc":"2.0","id":2,"method":"ask"`);
    drops!.leave();
    for (let job = 0; job < 50; job++) expect(await worker.call("tell", { job, values: [job] })).toMatchObject({ effect: "accepted" });
    expect((await worker.call("best")).front[0].values).toEqual([0]);
  });

  it("answers another client between two requests of a long batch", async () => {
    await started({ socket: place() });
    const [greedy, other] = [await connected(place()), await connected(place())];
    await greedy.call("open", opening);
    const most = batchLength(sharedLineLength);
    const batch = (length: number): string =>
      `${JSON.stringify(Array.from({ length }, (_, id) => ({ jsonrpc: "2.0", id, method: "ask", params: { want: 2 } })))}\n`;
    greedy.write(batch(most + 1));
    expect((await greedy.heard()).error.data.expected).toBe(`a batch of 1 to ${most} requests`);
    greedy.write(batch(most));
    let total = 0;
    while (total === 0) ({ total } = await other.call("trials", { study: "digits", most: 1 }));
    expect(total).toBeLessThan(2 * most);
    const answers: Any[] = await greedy.heard();
    expect(answers.map(({ result }) => result.jobs.length)).toEqual(Array.from({ length: most }, () => 2));
  });
});

type Response = { readonly status: number; readonly body: Any; readonly headers: Any };

describe("a port of 127.0.0.1", () => {
  const token = "t".repeat(32);

  const serverThere = async (): Promise<(message: unknown, change?: Any) => Promise<Response>> => {
    const { address } = await started({ port: 0, token, root: join(folder, "studies") });
    const { port } = new URL(address);
    return (message, { headers = {}, name = "127.0.0.1", ...rest } = {}) =>
      new Promise((resolve, reject) => {
        const all = { host: `${name}:${port}`, authorization: `Bearer ${token}`, "content-type": "application/json", ...headers };
        const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) as Any;
        const sent = request({ host: "127.0.0.1", port, method: "POST", path: "/", headers: given, ...rest }, (response) => {
          let text = "";
          response.on("data", (part) => {
            text += part;
          });
          response.on("end", () =>
            resolve({ status: response.statusCode!, headers: response.headers, body: text === "" ? null : JSON.parse(text) }),
          );
        });
        sent.on("error", reject).end(typeof message === "string" ? message : JSON.stringify(message));
      });
  };

  const call = (method: string, params: object = {}): object => ({ jsonrpc: "2.0", id: method, method, params });

  it("serves a study over several requests, each of which names it", async () => {
    const post = await serverThere();
    const study = "digits";
    expect((await post(call("open", opening))).body.result).toMatchObject({ study, stored: true });
    const [job] = (await post(call("ask", { study }))).body.result.jobs;
    const told = call("tell", { study, job: job.id, values: [2] });
    expect((await post([told, told])).body.map(({ result }: Any) => result.repeated)).toEqual([undefined, true]);
    const { status, body, headers } = await post(call("best", { study }));
    expect({ status, values: body.result.front[0].values }).toEqual({ status: 200, values: [2] });
    expect(headers).toMatchObject({ "cache-control": "no-store", "x-content-type-options": "nosniff" });
    expect(headers).not.toHaveProperty("access-control-allow-origin");
    expect((await post({ jsonrpc: "2.0", method: "enqueue", params: { study, config: { x: 0.5 } } })).status).toBe(204);
    expect((await post(call("ask", { study }))).body.result.jobs[0].config).toEqual({ x: 0.5 });
  });

  it("refuses a study without a name, and a close that would end the conversation of all", async () => {
    const post = await serverThere();
    const codeOf = async (message: object): Promise<string> => (await post(message)).body.error.data.code;
    await post(call("open", opening));
    expect(await codeOf(call("open", { ...opening, name: undefined }))).toBe("needsName");
    expect(await codeOf(call("ask"))).toBe("needsName");
    expect(await codeOf(call("close"))).toBe("needsName");
    expect((await post(call("close", { study: "digits" }))).body.result).toEqual({});
    expect(await codeOf(call("ask", { study: "digits" }))).toBe("notOpen");
  });

  it.each<readonly [name: string, change: Any, status: number, code: string]>([
    ["without a token", { headers: { authorization: null } }, 401, "wrongToken"],
    ["with another token", { headers: { authorization: `Bearer ${"u".repeat(32)}` } }, 401, "wrongToken"],
    ["with the token and more", { headers: { authorization: `Bearer ${token}t` } }, 401, "wrongToken"],
    ["with the token in another scheme", { headers: { authorization: `Basic ${token}` } }, 401, "wrongToken"],
    ["from a page whose name leads to 127.0.0.1", { headers: { host: "attacker.example:80" } }, 403, "wrongHost"],
    ["for another port", { headers: { host: "127.0.0.1:1" } }, 403, "wrongHost"],
    ["for a host without a port", { headers: { host: "localhost" } }, 403, "wrongHost"],
    ["from a page in a browser", { headers: { origin: "http://localhost:3000" } }, 403, "wrongOrigin"],
    ["from a file in a browser", { headers: { origin: "null" } }, 403, "wrongOrigin"],
    ["as a form", { headers: { "content-type": "text/plain" } }, 415, "wrongType"],
    ["without a type", { headers: { "content-type": null } }, 415, "wrongType"],
    ["by GET", { method: "GET" }, 405, "wrongMethod"],
    ["by OPTIONS, as a browser asks before", { method: "OPTIONS" }, 405, "wrongMethod"],
    ["for another path", { path: "/../etc/passwd" }, 404, "wrongPath"],
  ])("refuses a request %s, and does nothing", async (_name, change, status, code) => {
    const post = await serverThere();
    const refused = await post(call("open", opening), change);
    expect({ status: refused.status, code: refused.body.error.data.code, id: refused.body.id }).toEqual({ status, code, id: null });
    expect(JSON.stringify(refused.body)).not.toContain(token);
    expect((await post(call("studies"))).body.result).toEqual({ studies: [] });
  });

  type Tunnel = { readonly status: number; readonly socket: Socket };

  const tunnelTo = (address: string, headers: Any = {}): Promise<Tunnel> => {
    const { host, port } = new URL(address);
    return new Promise((resolve, reject) => {
      const all = { host, authorization: `Bearer ${token}`, ...headers };
      const given = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null)) as Any;
      request({ host: "127.0.0.1", port, method: "CONNECT", path: host, headers: given })
        .on("connect", (response, socket, rest) => {
          socket.unshift(rest);
          resolve({ status: response.statusCode!, socket: socket as Socket });
        })
        .on("error", reject)
        .end();
    });
  };

  it("holds conversations of lines, as a socket does: a client that leaves leaves its jobs to others", async () => {
    const { address } = await started({ port: 0, token, root: join(folder, "studies") });
    const [one, two] = [connectionOn((await tunnelTo(address)).socket), connectionOn((await tunnelTo(address)).socket)];
    await one.call("open", opening);
    expect(await one.call("open", { ...opening, name: undefined })).toMatchObject({ stored: false });
    await two.call("open", { protocol: 2, name: "digits" });
    const { jobs } = await one.call("ask", { study: "digits" });
    expect((await two.call("take")).jobs).toEqual([]);
    one.leave();
    let taken: Any[] = [];
    while (taken.length === 0) ({ jobs: taken } = await two.call("take"));
    expect(taken).toEqual(jobs);
  });

  it("ends its conversations when it closes", async () => {
    const server = await started({ port: 0, token });
    const client = connectionOn((await tunnelTo(server.address)).socket);
    await client.call("open", opening);
    await server.close();
    await client.gone();
  });

  it.each<readonly [name: string, headers: Any, status: number, code: string]>([
    ["without a token", { authorization: null }, 401, "wrongToken"],
    ["with another token", { authorization: `Bearer ${"u".repeat(32)}` }, 401, "wrongToken"],
    ["for another host", { host: "attacker.example:80" }, 403, "wrongHost"],
    ["from a page in a browser", { origin: "http://localhost:3000" }, 403, "wrongOrigin"],
  ])("refuses a conversation %s, and ends the connection", async (_name, headers, status, code) => {
    const { address } = await started({ port: 0, token });
    const { status: found, socket } = await tunnelTo(address, headers);
    const client = connectionOn(socket);
    expect([found, (await client.heard()).error.data.code]).toEqual([status, code]);
    await client.gone();
  });

  it("refuses a body that is too long, that is no JSON, or no UTF-8", async () => {
    const post = await serverThere();
    const codeOf = async (text: string): Promise<readonly unknown[]> => {
      const { status, body } = await post(text);
      return [status, body.error.data.code];
    };
    expect(await codeOf(`"${"x".repeat(sharedLineLength)}"`).catch(() => "closed")).toSatisfy(
      (found: unknown) => found === "closed" || JSON.stringify(found) === '[400,"tooLong"]',
    );
    expect(await codeOf("hello")).toEqual([200, "malformedJson"]);
    expect((await post(call("studies"))).status).toBe(200);
  });

  it("takes localhost as its name, too", async () => {
    const post = await serverThere();
    expect((await post(call("studies"), { name: "localhost" })).status).toBe(200);
    expect((await post(call("studies"), { name: "localhost.attacker.example" })).status).toBe(403);
  });
});

it.each([
  ["neither a socket nor a port", {}],
  ["both", { socket: "s", port: 0, token: "t".repeat(32) }],
  ["a port without a token", { port: 0 }],
  ["a short token", { port: 0, token: "t".repeat(31) }],
  ["a token with a line end, which would be a header", { port: 0, token: `${"t".repeat(40)}\n` }],
  ["a socket with a token", { socket: "s", token: "t".repeat(32) }],
  ["an unknown option", { sokcet: "s" }],
])("%s is refused", async (_name, options) => {
  await expect(listen(registry, options as Any)).rejects.toMatchObject({ name: "ConfigError" });
});
