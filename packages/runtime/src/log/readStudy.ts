/** Reading a stored study. It needs no lock, no strategy and no right to write, and works while another process writes. */
import { resolve } from "node:path";
import { bestTrials, type Config, type Event, type History, JournalError, type Problem, readHistory, type Trial } from "@caviar-hpo/core";
import type { Best } from "@caviar-hpo/tune";
import { checkedDisk } from "./checkedDisk.ts";
import type { Disk } from "./disk.ts";
import { readLog } from "./events.ts";
import { readHead, type StoredStrategy } from "./head.ts";
import { nodeDisk } from "./nodeDisk.ts";

/** A study as it is stored in its folder. All values are as they were measured. */
export type StoredStudy = {
  /** The absolute path of the folder. */
  readonly folder: string;
  readonly problem: Problem;
  readonly seed: string | number;
  readonly strategy: StoredStrategy;
  readonly history: History;
  readonly trials: readonly Trial[];
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

/** As `readStudy`, on another disk. */
export function readStudyOn(given: Disk, path: string): StoredStudy {
  const folder = resolve(path);
  const disk = checkedDisk(given);
  const head = readHead(disk, folder) ?? noStudy(folder);
  const events: Event[] = [];
  readLog(disk, folder, head, (_record, event) => event !== null && events.push(event));
  const { problem, seed, strategy } = head;
  const history = readHistory(problem, events);
  const best = (): readonly Best<Config>[] =>
    bestTrials(problem, history).map(({ id, config, curve }) => {
      const { values } = curve.at(-1)!;
      return { trial: id, config, value: values[0]!, values };
    });
  return { folder, problem, seed, strategy, history, trials: history.trials, best };
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
