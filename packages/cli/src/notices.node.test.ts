/** The command line shows notices on standard error, a line each. */
import { truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { fakeTerminal } from "../testing/fakeTerminal.ts";
import { folders } from "../testing/folders.ts";
import { caviar } from "./caviar.ts";
import { noticeLine } from "./terminal/noticeLine.ts";

const { next: newFolder, remove } = folders("notices-");
afterAll(remove);

test("a notice is one line, without control characters, whatever its parts hold", () => {
  const line = noticeLine({ code: "x", what: "a\nb", message: "c \u001b[31m", remedy: "Do \u202ed." });
  expect(line).toBe("notice: a\\u{a}b: c \\u{1b}[31m. Do \\u{202e}d.\n");
});

test("caviar bench shows that records were torn, and prints the same results", async () => {
  const [out, path] = [newFolder(), join(newFolder(), "plan.json")];
  writeFileSync(
    path,
    JSON.stringify({ name: "tiny", seeds: { count: 2 }, budget: 6, strategies: [{ name: "random" }], problems: ["branin"] }),
  );
  const bench = async (): Promise<{ readonly printed: string; readonly notices: readonly string[] }> => {
    const terminal = fakeTerminal();
    expect(await caviar(["bench", "--plan", path, "--out", out, "--workers", "1"], terminal)).toBe(0);
    const notices = terminal.stderr
      .text()
      .split("\n")
      .filter((line) => line.startsWith("notice: "));
    return { printed: terminal.stdout.text(), notices };
  };
  const first = await bench();
  const record = join(out, "runs", "branin", "random", "1.jsonl");
  truncateSync(record, 100);
  const second = await bench();
  expect([first.notices, second.printed]).toEqual([[], first.printed]);
  expect(second.notices).toEqual([expect.stringContaining(`notice: records: ${record} ended in the middle of a line`)]);
});

test("caviar serve shows that a notification was refused, and answers nothing", async () => {
  const terminal = fakeTerminal('{"jsonrpc":"2.0","method":"aks"}\n');
  expect(await caviar(["serve"], terminal)).toBe(0);
  expect(terminal.stdout.text()).toBe("");
  expect(terminal.stderr.text()).toMatch(/^notice: notification: "aks" came without an id and was refused \(method: expected one of .*\n$/);
});

test("caviar serve shows the plan of a strategy line by line, and names in it cannot steer the terminal", async () => {
  const problem = { space: [{ name: "x", kind: "real", low: 0, high: 1 }], fidelity: { unit: "\u202espoche", min: 1, max: 9 } };
  const open = { jsonrpc: "2.0", id: 1, method: "open", params: { protocol: 1, seed: 1, strategy: { name: "hyperband" }, problem } };
  const terminal = fakeTerminal(`${JSON.stringify(open)}\n`);
  expect(await caviar(["serve"], terminal)).toBe(0);
  expect(terminal.stderr.text()).toContain("\\u{202e}spoche");
  expect(terminal.stderr.text()).not.toMatch(/[^\P{C}\n]/u);
});
