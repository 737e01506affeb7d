/**
 * docs/wire-format.md is true: its conversations are replayed and compared, line by line; its lists of methods, errors and keys are those
 * of the code. `npm run test:update` writes the answers again.
 */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { limits } from "@caviar-hpo/core";
import { createSession, type Session } from "@caviar-hpo/runtime";
import { strategies } from "@caviar-hpo/tune";
import { describe, expect, test } from "vitest";
import { caviar } from "../packages/cli/src/caviar.ts";
import type { Any } from "../packages/cli/testing/caviar.ts";
import { fakeTerminal } from "../packages/cli/testing/fakeTerminal.ts";
import { awakeStudies, connections, sharedLineLength, studiesOfClient, studiesOfPort } from "../packages/runtime/src/rpc/limits.ts";

const path = fileURLToPath(new URL("../docs/wire-format.md", import.meta.url));
const page = readFileSync(path, "utf8");

function newSession(): Session {
  return createSession(strategies);
}

/** The page with each conversation's answers as they are; a block is a session. */
function replayed(): string {
  return page.replace(/```text\n(-->[\s\S]*?)```/g, (_block, lines: string) => {
    const session = newSession();
    const requests = lines.split("\n").filter((line) => line.startsWith("--> "));
    const exchange = requests.flatMap((request) => {
      const answer = session.answer(request.slice(4));
      return answer === null ? [request] : [request, `<-- ${answer}`];
    });
    return `\`\`\`text\n${exchange.join("\n")}\n\`\`\``;
  });
}

function section(title: string): string {
  const found = page.split(/^## /m).find((text) => text.startsWith(`${title}\n`));
  if (found === undefined) throw new Error(`no section ${title}`);
  return found;
}

/** The words in `code` marks. */
function words(text: string): readonly string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1]!);
}

function answersOf(title: string): readonly Any[] {
  return [...section(title).matchAll(/^<-- (.*)$/gm)].map((match) => JSON.parse(match[1]!));
}

describe("the page on the wire format", () => {
  test("shows conversations as they go", async () => {
    expect([...page.matchAll(/^--> /gm)].length).toBeGreaterThan(10);
    await expect(replayed()).toMatchFileSnapshot(path);
  });

  test("describes every method, and none that does not exist", async () => {
    const described = [...section("Methods").matchAll(/^### `(\w+)`$/gm)].map((match) => match[1]!);
    const unknown = JSON.parse(newSession().answer('{"jsonrpc":"2.0","id":1,"method":"?"}')!);
    expect(unknown.error.data.expected).toBe(`one of ${described.join(", ")}`);
    const terminal = fakeTerminal();
    await caviar(["serve", "--help"], terminal);
    for (const method of described) expect(terminal.stdout.text()).toMatch(new RegExp(`\\b${method}\\b`));
  });

  test("gives every error its code", () => {
    const table = new Map(
      [...section("Errors").matchAll(/^\| (-\d+) \|[^|]*\| (.*) \|$/gm)].map((match) => [Number(match[1]), words(match[2]!)] as const),
    );
    expect([...table.keys()]).toEqual([-32700, -32600, -32601, -32602, -32603, -32000]);
    const space = [{ name: "x", kind: "real", low: 0, high: 1 }];
    const open = { protocol: 2, seed: 1, strategy: { name: "random" }, problem: { space } };
    const request = (method: string, params: object = {}): string => JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    const bad: readonly (readonly [open: boolean, line: string])[] = [
      [false, "nothing"],
      [false, "[".repeat(100)],
      [false, '{"a":1,"a":2}'],
      [false, '{"__proto__":1}'],
      [false, '{"$num":1}'],
      [false, "1e999"],
      [false, "1"],
      [false, request("aks")],
      [false, request("ask")],
      [false, request("open", { ...open, seed: undefined })],
      [false, request("open", { ...open, seed: null })],
      [false, request("open", { ...open, seed: "s".repeat(limits.seedLength + 1) })],
      [false, request("open", { ...open, problem: { space: [...space, ...space] } })],
      [false, request("open", { ...open, strategy: { name: "sobl" } })],
      [false, request("open", { ...open, strategy: { name: "sobol", options: { dims: 2 } } })],
      [true, request("open", open)],
      [true, request("ask", { count: 1 })],
      [true, request("enqueue", { config: { x: 2 } })],
      [true, request("observe", { config: { x: 1 }, values: [] })],
      [true, request("observe", { config: { x: 1 }, values: [1], fidelity: 2 })],
      [true, request("observe", { config: { x: 1 }, values: [1], costSeconds: -1 })],
      [true, request("tell", { job: 0, values: [1] })],
      [true, request("predict", { configs: [] })],
      [false, request("open", { protocol: 2, name: "digits" })],
    ];
    const seen = bad.map(([opened, line]) => {
      const session = newSession();
      if (opened) session.answer(request("open", open));
      const { error } = JSON.parse(session.answer(line)!);
      expect(table.get(error.code), `${error.code} ${error.data.code}`).toContain(error.data.code);
      return error.data.code;
    });
    expect(new Set(seen).size).toBe(seen.length);
  });

  test("lists the keys of jobs, snapshots and events", () => {
    const snapshot = answersOf("Snapshots").at(-1).result.snapshot;
    const rows = (title: string): readonly string[] => [...section(title).matchAll(/^\| `(\w+)` \|/gm)].map((match) => match[1]!);
    // The study of the page was never extended.
    expect(rows("Snapshots").filter((key) => key !== "firstJob")).toEqual(Object.keys(snapshot));
    const events = new Map(
      [...section("The log").matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].map((match) => [match[1]!, words(match[2]!)] as const),
    );
    for (const { kind, ...event } of snapshot.events) expect(events.get(kind)).toEqual(Object.keys(event));
    const ask = section("Methods")
      .split(/^### /m)
      .find((text) => text.startsWith("`ask`"))!;
    const [job] = answersOf("An example")[1].result.jobs;
    for (const key of Object.keys(job)) expect(ask).toContain(`| \`${key}\` |`);
  });

  test("says how the checksum is made", () => {
    const { checksum, ...body } = answersOf("Snapshots").at(-1).result.snapshot;
    const sorted = (value: Any): Any => {
      if (Array.isArray(value)) return value.map(sorted);
      if (typeof value !== "object" || value === null) return value;
      return Object.fromEntries(
        Object.keys(value)
          .sort()
          .map((key) => [key, sorted(value[key])]),
      );
    };
    expect(
      createHash("sha256")
        .update(JSON.stringify(sorted(body)))
        .digest("hex"),
    ).toBe(checksum);
  });

  test("names the limits", () => {
    expect(section("Limits")).toContain(`${limits.lineBytes.toLocaleString("en")} UTF-16 units, and ${limits.depth} levels`);
    const expectedOf = (line: string): string => JSON.parse(newSession().answer(line)!).error.data.expected;
    const [idLength] = /\d+(?= characters)/.exec(expectedOf('{"jsonrpc":"2.0","id":[],"method":"ask"}'))!;
    expect(section("Transport")).toContain(`a string of at most ${idLength} UTF-16 units`);
    const [batchLength] = /\d+(?= requests)/.exec(expectedOf("[]"))!;
    expect(section("Limits")).toContain(`at most ${Number(batchLength).toLocaleString("en")} requests`);
    const servers = [
      sharedLineLength.toLocaleString("en"),
      `${connections} clients`,
      `${studiesOfClient} named`,
      `${studiesOfPort}`,
      `${awakeStudies}`,
    ];
    for (const number of servers) expect(section("Limits")).toContain(number);
    expect(section("Studies")).toContain(`1 to ${limits.nameLength} UTF-16 units`);
    expect(section("Methods")).toContain(`at most ${limits.seedLength} characters`);
    expect(section("Methods")).toContain(`up to ${limits.want.toLocaleString("en")};`);
  });
});
