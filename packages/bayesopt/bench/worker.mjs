/** The child process of pool.mjs: one run a message, so that CPU is counted apart from other runs. */
import { runOnce } from "./run.mjs";
import { suite } from "./suites.mjs";

process.on("message", (message) => void answer(message));
process.on("disconnect", () => process.exit());

async function answer({ suiteName, suiteOptions, id, seed, settings }) {
  const entry = suite(suiteName, suiteOptions).find((one) => one.id === id);
  let record;
  try {
    record = await runOnce(entry, seed, settings);
  } catch (error) {
    record = { problem: id, seed, error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  process.send({ record });
}
