/**
 * Writes the fixtures of a released format: what users of that release have on their disks, small. It is run once for each format, on the
 * code of that release, and never again for the same one: later versions must read these files, or refuse them with a reason.
 *
 *     npm run build && node tools/formats/write.mjs FORMAT [ROOT]
 *
 * FORMAT is the number of the new folder `formats/FORMAT`; ROOT is the repository by default. The same code writes the same bytes.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { strategies } from "@caviar-hpo/tune";
import { writeCampaigns } from "./campaigns.mjs";
import { logOf } from "./logs.mjs";
import { writePlans } from "./plans.mjs";
import { snapshotOf } from "./snapshots.mjs";
import { layOut } from "./text.mjs";

const repository = resolve(import.meta.dirname, "../..");
const [format = "", root = repository] = process.argv.slice(2);
if (!/^[1-9]\d*$/.test(format)) throw new Error("usage: node tools/formats/write.mjs FORMAT [ROOT]");
const writtenBy = `caviar ${JSON.parse(readFileSync(join(repository, "package.json"), "utf8")).version}`;
const head = { format: Number(format), writtenBy };

const logs = newFolder("tune");
const snapshots = newFolder("cli");
const campaigns = newFolder("bench");

for (const { name } of strategies) {
  writeFileSync(join(logs, `${name}.json`), layOut({ ...head, ...logOf(name) }));
  writeFileSync(join(snapshots, `${name}.json`), layOut({ ...head, ...snapshotOf(name) }));
}
writePlans(join(repository, "benchmarks/plans"), join(campaigns, "plans"), head);
await writeCampaigns(join(campaigns, "campaigns"), head);

/**
 * The folder of this format in a package. A format that is there already is kept as it is.
 *
 * @param {string} packageName
 */
function newFolder(packageName) {
  const folder = join(root, "packages", packageName, "testing/formats", format);
  if (existsSync(folder)) throw new Error(`${folder} exists: the fixtures of a released format are never written again`);
  mkdirSync(folder, { recursive: true });
  return folder;
}
