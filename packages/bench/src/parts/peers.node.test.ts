import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { interpreterOf, peerNames, python } from "./peers.ts";

const cache = mkdtempSync(join(tmpdir(), "caviar-peers-test-"));

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true, force: true });
});

it("a peer runs in its environment if this was made, else in python3, and in the interpreter of CAVIAR_PYTHON before all", () => {
  vi.stubEnv("CAVIAR_CACHE", cache);
  vi.stubEnv("CAVIAR_PYTHON", undefined);
  expect(Object.keys(peerNames).map(python)).toEqual(Object.keys(peerNames).map(() => "python3"));
  const made = interpreterOf("dehb");
  expect(made.startsWith(join(cache, "peers", "dehb"))).toBe(true);
  mkdirSync(dirname(made), { recursive: true });
  writeFileSync(made, "");
  expect(python("dehb")).toBe(made);
  expect(python("hebo")).toBe("python3");
  vi.stubEnv("CAVIAR_PYTHON", "/opt/python");
  expect(python("dehb")).toBe("/opt/python");
  vi.stubEnv("CAVIAR_PYTHON", "");
  expect(python("dehb")).toBe(made);
});
