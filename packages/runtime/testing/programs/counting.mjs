/** An objective of one millisecond. It writes the number of its trial to the file that CAVIAR_COUNTED names. */
import { appendFileSync } from "node:fs";

/** @param {import("@caviar-hpo/tune").Assignment<{ x: number }, Uint8Array>} assignment */
export default async function count({ config, trial }) {
  appendFileSync(process.env.CAVIAR_COUNTED, `${trial}\n`);
  await new Promise((resolve) => setTimeout(resolve, 1));
  return (config.x - 0.3) ** 2;
}
