/** The example client in Python, as a process. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { installed, run } from "./caviar.ts";

export const client: string = fileURLToPath(new URL("../examples/serve_client.py", import.meta.url));

/** undefined where there is no Python. */
export const python: string | undefined = ["python3", "python"].find(
  (name) => spawnSync(name, ["-c", "import sys; assert sys.version_info >= (3, 8)"]).status === 0,
);

/** The client tunes its function with a strategy, and prints what it has found. */
export async function tunesWith(strategy: string): Promise<void> {
  const { code, stderr, stdout } = await run([client, installed, strategy, "24"], { file: python! });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const { config, values } = JSON.parse(stdout);
  const distance = Math.abs(config.rate - 0.01) / (config.rate + 0.01);
  const penalty = config.optimizer === "adam" ? 0.1 : Math.abs(config.momentum - 0.9);
  expect(values[0]).toBeCloseTo(1 - 0.5 * distance - penalty, 12);
  expect(values[0]).toBeGreaterThan(0.5);
}
