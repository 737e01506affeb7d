/**
 * A study that a test kills: `node orphans.mjs process|command|stopped FOLDER`. Its two trials run until they are ended. It passes on
 * what they print. It runs the built package.
 */
import { fileURLToPath } from "node:url";
import { openStudy } from "../../dist/index.js";

const [kind, folder] = process.argv.slice(2);
const onOutput = (bytes) => process.stdout.write(bytes);
const study = await openStudy(folder, { space: { x: { kind: "real", low: 0, high: 1, scale: "linear" } } });
const program = new URL("./sleepers.mjs", import.meta.url);
const objective = kind === "command" ? { command: [process.execPath, fileURLToPath(program)] } : program;
process.env.CAVIAR_SLEEPER = kind;
await study.optimize(objective, { trials: 2, workers: 2, onOutput, ...(kind === "command" ? {} : { executor: "process" }) });
