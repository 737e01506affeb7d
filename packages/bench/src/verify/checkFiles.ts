/** Checks the files that are made from the runs: the manifest, the results and the anchors. */
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { anchoredSpecs, anchorsName, wrongAnchors } from "../campaign/anchors.ts";
import { canonicalJson, sha256 } from "../record/canonical.ts";
import { damaged } from "../record/damage.ts";
import { type CampaignFault, faultless, type VerifiedFolder } from "./checkRuns.ts";
import { type Manifest, type ManifestData, manifestName } from "./manifest.ts";

/** Whether the manifest says what is there. */
export function manifestFaults(manifest: Manifest | null, found: ManifestData): readonly CampaignFault[] {
  const what = manifestName;
  if (manifest === null) return [{ what, expected: "a manifest", got: "no file" }];
  if (manifest.data === null) return [{ what, expected: "the data of a campaign that has ended", got: "none" }];
  const expected = sha256(canonicalJson(manifest.data));
  const own = manifest.sha256 === expected ? [] : [{ what: `${what}, sha256`, expected, got: String(manifest.sha256) }];
  return [...own, ...differences(found, manifest.data)];
}

/** Whether the results that the pages were made of are those of these runs. */
export function resultsFaults({ disk, folder }: VerifiedFolder, { plan, root }: ManifestData): readonly CampaignFault[] {
  const path = join(folder, "results.json");
  const size = disk.size(path);
  if (size === null) return [];
  const faults: CampaignFault[] = [];
  const said = faultless(faults, () => decodeHashes(Buffer.from(disk.read(path, 0, size)).toString(), path));
  if (said === undefined) return faults;
  const expected = { planHash: plan, dataHash: root };
  const wrong = (["planHash", "dataHash"] as const).filter((name) => said[name] !== expected[name]);
  return wrong.map((name) => ({ what: `${path}, ${name}`, expected: expected[name], got: said[name] }));
}

function decodeHashes(text: string, path: string): { readonly planHash: string; readonly dataHash: string } {
  try {
    const { planHash, dataHash } = JSON.parse(text) as { readonly planHash?: unknown; readonly dataHash?: unknown };
    return { planHash: String(planHash), dataHash: String(dataHash) };
  } catch {
    return damaged(path, "the results of a campaign", "a text that is not JSON", "Give caviar report the folder: it writes the file.");
  }
}

/** Reports are made with the anchors in the folder. */
export function anchorFaults({ disk, folder, planHash, cells, tasks, parts }: VerifiedFolder): readonly CampaignFault[] {
  if (disk.size(join(folder, anchorsName)) === null) return [];
  const wrong = wrongAnchors({ disk, folder, planHash }, anchoredSpecs(cells, tasks, parts));
  const got = "another one";
  return wrong.map(({ problem, seed }) => ({
    what: `${anchorsName}, ${problem}, seed ${seed}`,
    expected: "the anchor of its sample",
    got,
  }));
}

/** Each file and each number on which what is there and what the manifest says differ. */
function differences(found: ManifestData, said: ManifestData): readonly CampaignFault[] {
  const names = (["plan", "runs", "planned", "root"] as const).filter((name) => found[name] !== said[name]);
  const paths = [...new Set([...Object.keys(found.files), ...Object.keys(said.files)])].filter(
    (path) => found.files[path] !== said.files[path],
  );
  return [
    ...names.map((name) => ({ what: `${manifestName}, ${name}`, expected: String(found[name]), got: String(said[name]) })),
    ...paths.map((path) => ({
      what: `${manifestName}, ${path}`,
      expected: found.files[path] ?? "no such file",
      got: said.files[path] ?? "nothing",
    })),
  ];
}
