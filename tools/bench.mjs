/** `npm run bench -- <options>`: an up-to-date build, then `caviar bench <options>` in this very process. */
import { fileURLToPath } from "node:url";

process.stderr.write("Building the packages that have changed.\n");
await import("./quietBuild.mjs");
const caviar = new URL("../packages/cli/bin/caviar.js", import.meta.url);
process.argv.splice(1, 1, fileURLToPath(caviar), "bench");
await import(caviar.href);
