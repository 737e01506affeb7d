/** Reading a stored study. It needs no lock, no strategy and no right to write, and works while another process writes. */
import { resolve } from "node:path";
import { bestTrials, type Config, type History, JournalError, type Problem } from "@caviar-hpo/core";
import type { StoredStrategy } from "@caviar-hpo/core/wire";
import type { Best } from "@caviar-hpo/tune";
import {
  type Attributes,
  allTrials,
  createTrialBook,
  firstEra,
  historyOf,
  type StoredJob,
  type StoredTrial,
  type StudyEnd,
  withEntry,
} from "@caviar-hpo/tune/stored";
import { checkedDisk } from "./checkedDisk.ts";
import type { Disk } from "./disk.ts";
import { readLog, studyNow } from "./events.ts";
import { readHead } from "./head.ts";
import { nodeDisk } from "./nodeDisk.ts";

/** A study as it is stored in its folder. All values are as they were measured. */
export type StoredStudy = {
  /** The absolute path of the folder. */
  readonly folder: string;
  readonly problem: Problem;
  readonly seed: string | number;
  readonly strategy: StoredStrategy;
  readonly history: History;
  readonly trials: readonly StoredTrial[];
  /** In the order in which they were handed out. */
  readonly jobs: readonly StoredJob[];
  /** What `annotate` noted of the study itself. */
  readonly annotations: Attributes;
  /** How the last call of `optimize` ended; null if none has, or if jobs were handed out since. */
  readonly ended: StudyEnd | null;
  /** The trials that no other trial beats. */
  best(): readonly Best<Config>[];
};

/**
 * The study in a folder, at this moment. A record that is being written is left out.
 *
 * @throws JournalError "noStudy" for a folder without one; "corrupt", "laterFormat" and "diskFailed" as `openStudy` does.
 */
export function readStudy(folder: string): StoredStudy {
  return readStudyOn(nodeDisk, folder);
}

/** What a study is, without its trials. */
export type StoredSettings = Pick<StoredStudy, "problem" | "seed" | "strategy" | "annotations">;

/** A part of what `readStudy` gives, in a fraction of its time. @throws as `readStudy`. */
export function readSettings(folder: string): StoredSettings {
  return readSettingsOn(nodeDisk, folder);
}

/** As `readSettings`, on another disk. */
export function readSettingsOn(given: Disk, path: string): StoredSettings {
  const folder = resolve(path);
  const disk = checkedDisk(given);
  const head = readHead(disk, folder) ?? noStudy(folder);
  const { seed, strategy } = head;
  return { seed, strategy, ...studyNow(disk, folder, head) };
}

/** As `readStudy`, on another disk. */
export function readStudyOn(given: Disk, path: string): StoredStudy {
  const folder = resolve(path);
  const disk = checkedDisk(given);
  const head = readHead(disk, folder) ?? noStudy(folder);
  const { seed, strategy } = head;
  const book = createTrialBook("trials and jobs");
  let era = firstEra(head);
  readLog(disk, folder, head, (_record, entry) => {
    if (entry === null) return;
    book.enter(entry);
    era = withEntry(era, entry, seed);
  });
  const { problem } = era;
  const history = historyOf(era);
  const best = (): readonly Best<Config>[] =>
    bestTrials(problem, history).map(({ id, config, curve }) => {
      const { values } = curve.at(-1)!;
      return { trial: id, config, value: values[0]!, values };
    });
  const { jobs, annotations, ended } = book;
  return {
    folder,
    problem,
    seed,
    strategy,
    history,
    trials: book.describe(allTrials(era.earlier, history.trials)),
    jobs,
    annotations,
    ended,
    best,
  };
}

export function noStudy(folder: string): never {
  throw new JournalError({
    code: "noStudy",
    what: folder,
    expected: "the folder of a study",
    got: "no head.json in it",
    remedy: "Correct the path. openStudy makes a study.",
  });
}
