/**
 * Writes the fixtures of a released format: what users of that release have on their disks, small. It is run once for each format, on the
 * code of that release, and never again for the same one: later versions must read these files, or refuse them with a reason.
 *
 *     npm run build && node tools/formats/write.mjs FORMAT PACKAGE [ROOT]
 *
 * Each package counts its formats itself: `tune` those of logs, `cli` those of snapshots, `bench` those of plans and campaigns. FORMAT is
 * the number of the new folder `formats/FORMAT`; ROOT is the repository by default. The same code writes the same bytes.
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
const [format = "", packageName = "", root = repository] = process.argv.slice(2);
const writtenBy = `caviar ${JSON.parse(readFileSync(join(repository, "package.json"), "utf8")).version}`;
const head = { format: Number(format), writtenBy };

/** @type {{ readonly [packageName: string]: (folder: string) => void | Promise<void> }} */
const writers = {
  tune: (folder) => writeEach(folder, logOf),
  cli: (folder) => writeEach(folder, snapshotOf),
  bench: (folder) => {
    writePlans(join(repository, "benchmarks/plans"), join(folder, "plans"), head);
    return writeCampaigns(join(folder, "campaigns"), head);
  },
};
const write = writers[packageName];
if (!/^[1-9]\d*$/.test(format) || write === undefined) throw new Error("usage: node tools/formats/write.mjs FORMAT tune|cli|bench [ROOT]");
await write(newFolder());

/**
 * A file for each strategy.
 *
 * @param {string} folder
 * @param {(name: string) => object} contentOf
 */
function writeEach(folder, contentOf) {
  for (const { name } of strategies) writeFileSync(join(folder, `${name}.json`), layOut({ ...head, ...contentOf(name) }));
}

/** The folder of this format in the package. A format that is there already is kept as it is. */
function newFolder() {
  const folder = join(root, "packages", packageName, "testing/formats", format);
  if (existsSync(folder)) throw new Error(`${folder} exists: the fixtures of a released format are never written again`);
  mkdirSync(folder, { recursive: true });
  return folder;
}
