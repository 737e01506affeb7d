/** Verifying a stored study: its whole log is replayed with its strategy, without the lock and without a snapshot. Nothing is written. */
import { join, resolve } from "node:path";
import { type Card, ConfigError, replay } from "@caviar-hpo/core";
import { checkCard, createFromCard } from "@caviar-hpo/core/contract";
import { array, optionReader } from "@caviar-hpo/core/read";
import { show } from "@caviar-hpo/core/text";
import type { StoredStrategy } from "@caviar-hpo/core/wire";
import { type StrategyOptions, strategies as shipped } from "@caviar-hpo/tune";
import { createTrialBook, type Era, firstEra, isOwn, withEntry } from "@caviar-hpo/tune/stored";
import { checkedDisk } from "./checkedDisk.ts";
import { checkpointContent } from "./checkpointFiles.ts";
import type { Disk } from "./disk.ts";
import { readLog } from "./events.ts";
import { checkSameStudy, headOf, readHead } from "./head.ts";
import { nodeDisk } from "./nodeDisk.ts";
import { noStudy } from "./readStudy.ts";
import { temporarySuffix } from "./replaceFile.ts";
import { readSnapshots } from "./snapshots.ts";

export type VerifyOptions = {
  /** Among these cards is that of the study's strategy. The shipped ones by default. */
  readonly strategies?: readonly Card[];
};

/** What a verification found in a sound log. Files are given by their paths. */
export type VerifyReport = {
  readonly events: number;
  readonly trials: number;
  /** The bytes of a last record that is being written, or that a crash has cut short. 0 usually. */
  readonly tornBytes: number;
  /** `ignored` ones do not fit the log. The study opens without them, only slower. */
  readonly snapshots: { readonly good: readonly string[]; readonly ignored: readonly string[] };
  /** `damaged` ones count as missing: their trials train from scratch. */
  readonly checkpoints: { readonly good: readonly string[]; readonly damaged: readonly string[] };
};

/**
 * Verifies the study in a folder: every record, and every answer of the strategy.
 *
 * @throws JournalError "corrupt" and "otherLog" for damage; "diverged" if the strategy answers differently now; "noStudy", "laterFormat"
 * and "diskFailed". ConfigError "unknownStrategy" for a strategy that is not among `strategies`; "otherStudy" for another version of it.
 */
export function verifyStudy(folder: string, options: VerifyOptions = {}): VerifyReport {
  return verifyStudyOn(nodeDisk, folder, options);
}

/** As `verifyStudy`, on another disk. */
export function verifyStudyOn(given: Disk, path: string, options: VerifyOptions = {}): VerifyReport {
  const { strategies = shipped } = readVerifyOptions(options);
  const folder = resolve(path);
  const disk = checkedDisk(given);
  const head = readHead(disk, folder) ?? noStudy(folder);
  const { seed, strategy: stored } = head;
  const card = strategies.find(({ name }) => name === stored.name) ?? unknownStrategy(folder, stored.name);
  checkSameStudy(
    folder,
    head,
    headOf({ ...head, strategy: createFromCard(card, stored.options as StrategyOptions, head.problem) }, stored.options),
  );
  const checksums: number[] = [];
  const book = createTrialBook();
  let era = firstEra(head);
  let events = 0;
  const { torn } = readLog(disk, folder, head, (record, entry) => {
    checksums.push(record.checksum);
    if (entry === null) return;
    book.enter(entry);
    if (entry.kind === "extended") replayEra(era, card, stored);
    else if (!isOwn(entry)) events++;
    era = withEntry(era, entry, seed);
  });
  replayEra(era, card, stored);
  return {
    events,
    trials: book.trials,
    tornBytes: torn,
    snapshots: verifySnapshots(disk, folder, checksums),
    checkpoints: verifyCheckpoints(disk, folder),
  };
}

/** Each era has the strategy of its own space. */
function replayEra({ problem, seed, firstJob, events }: Era, card: Card, { options }: StoredStrategy): void {
  replay({ problem, seed, firstJob, strategy: createFromCard(card, options as StrategyOptions, problem) }, events);
}

const readVerifyOptions = optionReader<VerifyOptions>("verifyStudy", { strategies: array((card) => checkCard(card as Card), Infinity) });

function unknownStrategy(folder: string, name: string): never {
  throw new ConfigError({
    code: "unknownStrategy",
    what: `study ${folder}`,
    expected: "a strategy whose card is known",
    got: show(name),
    remedy: "Call verifyStudy with the card of the strategy: verifyStudy(folder, { strategies: [card] }).",
  });
}

/** @param checksums those of the log up to each record. */
function verifySnapshots(disk: Disk, folder: string, checksums: readonly number[]): VerifyReport["snapshots"] {
  const ignored: string[] = [];
  const whole = readSnapshots(disk, folder, ({ what }) => ignored.push(what));
  const fits = ({ records, log }: (typeof whole)[number]): boolean => checksums[records] === log;
  for (const one of whole) if (!fits(one)) ignored.push(one.path);
  return { good: whole.filter(fits).map(({ path }) => path), ignored };
}

function verifyCheckpoints(disk: Disk, study: string): VerifyReport["checkpoints"] {
  const folder = join(study, "checkpoints");
  const [good, damaged]: [string[], string[]] = [[], []];
  for (const name of [...disk.list(folder)].sort()) {
    const path = join(folder, name);
    if (name.endsWith(temporarySuffix)) continue;
    (checkpointContent(disk, path) === null ? damaged : good).push(path);
  }
  return { good, damaged };
}
