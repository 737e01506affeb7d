/**
 * Anchors: what uniform random points of a problem's box are worth. Scores against them do not depend on the strategies of the campaign.
 * An anchor follows from the names of problem and seed alone. No run uses its random numbers, and it needs no run. So it is not a part of
 * the records: `anchors.json` in the campaign's folder only saves the time to compute it again.
 */
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { derive, type Key, root, stream } from "@caviar-hpo/core";
import { drawConfig, sameJson } from "@caviar-hpo/core/contract";
import { array, configRoot, type Decoder, finite, named, object, string, whole } from "@caviar-hpo/core/read";
import type { Anchor, ProblemFacts } from "@caviar-hpo/report";
import { type Disk, replaceFile } from "@caviar-hpo/runtime/disk";
import type { Arena } from "../arena/arena.ts";
import { type ArenaSpec, arenaKey } from "../arena/arenaSpec.ts";
import { type LoadedTasks, openArena } from "../arena/arenas.ts";
import type { PartsAtHand } from "../parts/partsAtHand.ts";
import type { CampaignCells } from "../plan/cells.ts";
import { canonicalJson, sha256 } from "../record/canonical.ts";

/** What the facts of a problem say of its anchors: nothing where a sample is too expensive. */
export type AnchorFacts = Pick<ProblemFacts, "anchors">;

/** One problem at one seed, and how to open its arena if the anchor is not known. */
export type AnchoredSpec = { readonly spec: ArenaSpec; readonly open: () => Arena };

/** Each problem of a campaign at each seed. */
export function* anchoredSpecs(cells: CampaignCells, tasks: LoadedTasks, parts: PartsAtHand): Iterable<AnchoredSpec> {
  for (let index = 0; index < cells.count; index += cells.strategies.length) {
    const { arena } = cells.at(index);
    yield { spec: arena, open: () => openArena(arena, tasks, parts) };
  }
}

/** Points in the sample of a formula. */
const samplePoints = 10_000;

/** The folder of a campaign. A folder that is only read gets no file. */
export type AnchorPlace = { readonly disk: Disk; readonly folder: string; readonly planHash: string; readonly readOnly: boolean };

export const anchorsName = "anchors.json";

/** Reads the anchors that the folder has, computes the others, and writes them if there are new ones. */
export function anchorsIn(
  { disk, folder, planHash, readOnly }: AnchorPlace,
  specs: Iterable<AnchoredSpec>,
): (problem: string) => AnchorFacts {
  const path = join(folder, anchorsName);
  const saved = readSaved(disk, path, planHash);
  const anchors = new Map<string, { [seed: string]: Anchor }>();
  let added = false;
  for (const { spec, open } of specs) {
    const seed = seedOf(spec);
    const ofProblem = anchors.get(spec.problem) ?? {};
    if (seed === null || Object.hasOwn(ofProblem, seed)) continue;
    const known = saved[spec.problem]?.[seed];
    const anchor = known ?? anchorAt(spec, open);
    if (anchor === null) continue;
    added ||= known === undefined;
    anchors.set(spec.problem, Object.assign(ofProblem, { [seed]: anchor }));
  }
  if (added && !readOnly) save(disk, path, planHash, Object.fromEntries(anchors));
  return (problem) => (anchors.has(problem) ? { anchors: anchors.get(problem)! } : {});
}

/** The anchors in the folder's file that are not those of their samples. */
export function wrongAnchors(
  { disk, folder, planHash }: Omit<AnchorPlace, "readOnly">,
  specs: Iterable<AnchoredSpec>,
): readonly { readonly problem: string; readonly seed: string }[] {
  const saved = readSaved(disk, join(folder, anchorsName), planHash);
  const right = anchorsIn({ disk: { ...disk, size: () => null }, folder, planHash, readOnly: true }, specs);
  return Object.entries(saved).flatMap(([problem, bySeed]) => {
    const { anchors = {} } = right(problem);
    return Object.keys(bySeed).flatMap((seed) => (sameJson(bySeed[seed], anchors[seed] ?? null) ? [] : [{ problem, seed }]));
  });
}

/** The seed by which an anchor is named: "" where all seeds have the same box; null where a sample is too expensive. */
function seedOf(spec: ArenaSpec): string | null {
  if (spec.kind === "task" || spec.kind === "own") return null;
  return spec.followsSeed || spec.instances !== "published" ? String(spec.seed) : "";
}

/** Campaigns of one process share their anchors. */
const computed = new Map<string, Anchor | null>();

function anchorAt(spec: ArenaSpec, open: () => Arena): Anchor | null {
  const { instanceId, constrained } = spec;
  const key = seedOf(spec) === "" ? derive(root("anchor"), instanceId) : derive(arenaKey(spec), "anchor");
  const name = canonicalJson([key, instanceId, constrained ?? null, "instances" in spec ? spec.instances : null]);
  const anchor = computed.has(name) ? computed.get(name)! : sampledAnchor(open(), key);
  computed.set(name, anchor);
  return anchor;
}

/** Of a table all values are known. */
function sampledAnchor({ problem, score, population }: Arena, key: Key): Anchor | null {
  if (population !== null) return anchorOf(population);
  const source = stream(key);
  return anchorOf(Float64Array.from({ length: samplePoints }, () => score(drawConfig(problem.space, source))));
}

/**
 * The anchor of a sample.
 *
 * @param worths one per point; not finite for a point that is worth nothing
 * @returns null if no point has a value
 */
export function anchorOf(worths: Float64Array): Anchor | null {
  const sorted = worths.filter(Number.isFinite).sort();
  if (sorted.length === 0) return null;
  const counts = levelCounts(worths.length).filter((count) => count <= sorted.length);
  return {
    evaluations: worths.length,
    median: sorted[Math.ceil(sorted.length / 2) - 1]!,
    levels: counts.map((count) => count / worths.length),
    values: counts.map((count) => sorted[count - 1]!),
  };
}

/** Numbers of points from half of them down to 1: each is five sixths of the one before, or one less. */
function levelCounts(points: number): readonly number[] {
  const counts: number[] = [];
  for (let count = Math.max(1, Math.floor(points / 2)); count >= 1; count = Math.min(count - 1, Math.floor((count * 5) / 6)))
    counts.push(count);
  return counts;
}

type Saved = { readonly [problem: string]: { readonly [seed: string]: Anchor } };

/** Nothing if there is no such file, or one of another plan or of another form: anchors can always be computed again. */
function readSaved(disk: Disk, path: string, planHash: string): Saved {
  const size = disk.size(path);
  if (size === null) return {};
  try {
    const text = Buffer.from(disk.read(path, 0, size)).toString();
    const { plan, anchors, sha256: claimed } = decodeSaved(JSON.parse(text), configRoot("anchors.json", "badPlan"));
    return plan === planHash && claimed === sha256(canonicalJson(anchors)) ? anchors : {};
  } catch {
    return {};
  }
}

const mostEntries = 10_000_000;
const decodeAnchor: Decoder<Anchor> = object({
  evaluations: whole(1, Number.MAX_SAFE_INTEGER),
  median: finite,
  levels: array(finite, 1000, 1),
  values: array(finite, 1000, 1),
});
type SavedAnchors = { readonly format: number; readonly plan: string; readonly sha256: string; readonly anchors: Saved };
const decodeSaved: Decoder<SavedAnchors> = object({
  format: whole(1, 1),
  plan: string,
  sha256: string,
  anchors: named(named(decodeAnchor, mostEntries), mostEntries),
});

function save(disk: Disk, path: string, plan: string, anchors: Saved): void {
  const text = canonicalJson({ format: 1, plan, anchors, sha256: sha256(canonicalJson(anchors)) });
  replaceFile(disk, path, Buffer.from(`${text}\n`));
}
