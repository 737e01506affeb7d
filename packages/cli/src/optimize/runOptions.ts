/**
 * How `caviar optimize` runs the trials: limits and workers. They are noted in the study, so the next call needs them no more. Only numbers
 * are read from there: what runs is named on the command line each time.
 */
import type { Json } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";
import type { DurableOptimizeOptions, StoredStudy } from "@caviar-hpo/runtime";
import { type Flags, readCount, readPositive, refuse } from "../commands/command.ts";

/** The options of the command that say how long it runs, and how. */
export const runFlags = {
  trials: "value",
  workers: "value",
  "max-seconds": "value",
  patience: "value",
  "no-gain": "value",
  "min-gain-per-second": "value",
  timeout: "value",
  retries: "value",
  "max-failures": "value",
  "kill-after": "value",
  slots: "value",
  executor: "value",
} as const;

/** The name under which the study has them. */
export const runAttribute = "caviar optimize";

const limits: readonly string[] = ["trials", "max-seconds", "patience", "no-gain", "min-gain-per-second"];

/** What the command line says; for the rest, what an earlier command line said. A new limit replaces all earlier ones. */
export function withEarlier(flags: Flags, noted: Json | undefined): { readonly [name: string]: string } {
  const all = (typeof noted === "object" && noted !== null ? noted : {}) as { readonly [name: string]: Json };
  const isLimited = limits.some((name) => flags[name] !== undefined);
  const earlier = isLimited ? Object.fromEntries(Object.entries(all).filter(([name]) => !limits.includes(name))) : all;
  const names = Object.keys(runFlags).map(
    (name) => [name, flags[name] ?? (Object.hasOwn(earlier, name) ? earlier[name] : undefined)] as const,
  );
  return Object.fromEntries(names.filter((entry): entry is readonly [keyof typeof runFlags, string] => typeof entry[1] === "string"));
}

/** How many trials the study is to start, or how many workers it has, as far as the last command line said it; null if it did not. */
export function notedCount({ annotations }: Pick<StoredStudy, "annotations">, name: "trials" | "workers"): number | null {
  const text = withEarlier({}, annotations[runAttribute])[name];
  return /^[1-9]\d{0,14}$/.test(text ?? "") ? Number(text) : null;
}

/** @throws ConfigError for an option that makes no sense, and if nothing ends the run. */
export function runOptions(flags: Flags): DurableOptimizeOptions {
  const { trials, workers, patience, timeout, retries, slots, executor } = flags;
  const ends = {
    ...(trials !== undefined && { trials: readCount("trials", trials) }),
    ...(flags["max-seconds"] !== undefined && { maxSeconds: readPositive("max-seconds", flags["max-seconds"]) }),
    ...(patience !== undefined && { patience: readPatience(String(patience)) }),
    ...(flags["no-gain"] !== undefined && { noGain: readNoGain(String(flags["no-gain"])) }),
    ...(flags["min-gain-per-second"] !== undefined && {
      minGainPerSecond: readPositive("min-gain-per-second", flags["min-gain-per-second"], "zero"),
    }),
  };
  if (Object.keys(ends).length === 0)
    refuse("option --trials", "a limit: --trials, --max-seconds, --patience or --no-gain", "none", "Write --trials 60, for instance.");
  return {
    ...ends,
    ...(workers !== undefined && { workers: readCount("workers", workers) }),
    ...(timeout !== undefined && { timeoutSeconds: readPositive("timeout", timeout) }),
    ...(retries !== undefined && { retries: readPositive("retries", retries, "zero") }),
    ...(flags["max-failures"] !== undefined && { maxConsecutiveFailures: readFailures(String(flags["max-failures"])) }),
    ...(flags["kill-after"] !== undefined && { killAfterSeconds: readPositive("kill-after", flags["kill-after"], "zero") }),
    ...(slots !== undefined && { slots: readSlots(String(slots)) }),
    ...(executor !== undefined && { executor: readExecutor(String(executor)) }),
  };
}

/** `20`, or `20:0.001` with the smallest gain that counts. */
function readPatience(text: string): NonNullable<DurableOptimizeOptions["patience"]> {
  const [trials, minGain, ...more] = text.split(":");
  if (more.length > 0) refuse("option --patience", "TRIALS or TRIALS:GAIN", show(text), "Write --patience 20 or --patience 20:0.001.");
  const count = readCount("patience", trials!);
  return minGain === undefined ? count : { trials: count, minGain: readPositive("patience", minGain, "zero") };
}

/** `0.05`, or `0.05:0.001` with the smallest gain that counts. */
function readNoGain(text: string): NonNullable<DurableOptimizeOptions["noGain"]> {
  const [chance, minGain, ...more] = text.split(":");
  const probability = readPositive("no-gain", chance!, "zero");
  if (more.length > 0 || probability > 1)
    refuse("option --no-gain", "PROBABILITY or PROBABILITY:GAIN", show(text), "Write --no-gain 0.05 or --no-gain 0.05:0.001.");
  return { probability, ...(minGain !== undefined && { minGain: readPositive("no-gain", minGain, "zero") }) };
}

function readFailures(text: string): number | null {
  return text === "unlimited" ? null : readCount("max-failures", text);
}

/** `gpu=4`, or `gpu=4,license=2`. */
function readSlots(text: string): { readonly [name: string]: number } {
  const slots = text.split(",").map((slot) => {
    const [, name, count] = /^([^=]+)=(.*)$/.exec(slot) ?? [];
    if (name === undefined) return refuse("option --slots", "NAME=COUNT", show(slot), "Write --slots gpu=4, for instance.");
    return [name, readCount("slots", count!)] as const;
  });
  if (new Set(slots.map(([name]) => name)).size < slots.length)
    refuse("option --slots", "different names", show(text), "Name each kind once.");
  return Object.fromEntries(slots);
}

function readExecutor(text: string): "thread" | "process" {
  if (text === "thread" || text === "process") return text;
  return refuse("option --executor", "thread or process", show(text), "Write thread or process.");
}
