/** What a forger can do: another number in a line, and a record of other lines whose hashes are right. */
import { rmSync } from "node:fs";
import type { RunCosts } from "@caviar-hpo/report";
import { nodeDisk } from "@caviar-hpo/runtime/disk";
import { campaignDisk } from "../src/campaign/campaignFolder.ts";
import type { CampaignCell } from "../src/plan/cells.ts";
import { hashOf, type Plan } from "../src/plan/plan.ts";
import { headOf, readRecord, recordPath } from "../src/record/record.ts";
import { openRecorder } from "../src/record/recorder.ts";
import type { RecordLine } from "../src/run/transcript.ts";

/** The keys and indices that lead to a number. */
export type NumberPlace = readonly (string | number)[];

export function numbersIn(value: unknown): readonly NumberPlace[] {
  if (typeof value === "number") return [[]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => numbersIn(member).map((place) => [key, ...place]));
}

export function numberAt(value: unknown, [key, ...rest]: NumberPlace): number {
  return key === undefined ? (value as number) : numberAt((value as { readonly [key: string]: unknown })[key], rest);
}

export function withNumber<T>(value: T, [key, ...rest]: NumberPlace, number: number): T {
  if (key === undefined) return number as T;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as { [key: string]: unknown };
  copy[key] = withNumber(copy[key], rest, number);
  return copy as T;
}

/** New content with right hashes takes the place of a record. Returns its path. */
export function rewriteRecord(
  folder: string,
  plan: Plan,
  { name }: CampaignCell,
  change: (lines: readonly RecordLine[]) => readonly RecordLine[],
): string {
  const disk = campaignDisk(nodeDisk);
  const path = recordPath(folder, name);
  const head = headOf(hashOf(plan), name);
  const { lines, end } = readRecord(disk, path, head)!;
  rmSync(path);
  const recorder = openRecorder(disk, path, head);
  const changed = change(lines);
  for (const line of changed) recorder.add(line);
  const dropped = lines.length - changed.length;
  const spent = end!.spent!;
  // Where evaluations are counted, all costs are their number.
  recorder.end({ spent: dropped > 0 && "x" in lines[0]! ? less(spent, dropped) : spent, failed: end!.failed });
  recorder.close();
  return path;
}

function less({ evaluations, resource, scratch, time }: RunCosts, count: number): RunCosts {
  return { evaluations: evaluations - count, resource: resource - count, scratch: scratch - count, time: time - count };
}
