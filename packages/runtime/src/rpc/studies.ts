/** The studies of a server that have a name. Several clients may use one of them. With a root they are stored, otherwise in memory. */
import type { History, OnNotice, Problem } from "@caviar-hpo/core";
import { type Head, headOf } from "../log/head.ts";
import { type Machine, thisMachine } from "../log/machine.ts";
import { awakeStudies } from "./limits.ts";
import type { Registry } from "./registry.ts";
import { memorySeat, type Seat, storedSeat } from "./seat.ts";
import { type Definition, type Served, serveStudy } from "./served.ts";
import {
  checkSame,
  headOfDefinition,
  noStudy,
  type OwnFolder,
  openOwnFolder,
  openStored,
  readStored,
  type Store,
  type StoredServed,
  storedNames,
} from "./storedServed.ts";
import { type StudyFolders, studyFolders } from "./studyFolders.ts";
import { freeJobs } from "./takers.ts";

/** Somebody who has a study open. */
export type SeatHolder = object;

export type Studies = {
  readonly registry: Registry;
  /**
   * Opens a study for a holder.
   *
   * @param wanted null for a study that exists.
   * @throws StateError "noStudy"; ConfigError "otherStudy"; and as `openStudy`.
   */
  open(name: string, wanted: Definition | null, holder: SeatHolder): Seat;
  /**
   * The study without a name, which belongs to one client: in memory, or in the folder that the server was given for it.
   *
   * @param wanted null for a study that the folder has. @param extend whether a stored study is extended to the wanted space.
   * @throws StateError "noStudy"; and as `openStudy`.
   */
  own(wanted: Definition | null, extend: boolean): Seat;
  /** Whether the study without a name is in a folder. */
  readonly ownStored: boolean;
  /** The holder does not need the study any more. A study without holders is closed; in memory it is gone. */
  leave(name: string, holder: SeatHolder): void;
  /** A study at this moment, whether or not it is open. @throws StateError "noStudy", and as `readStudy`. */
  read(name: string): StudyReading;
  /** The names of all studies, sorted. */
  names(): readonly string[];
};

/** What can be read of a study. */
export type StudyReading = Pick<Served, "trials" | "annotations"> & { readonly problem: Problem; readonly history: History };

/** What stored studies need of the system. Tests replace it. */
export type System = { readonly folders: StudyFolders; readonly machine: Machine };

/** @param root a folder; null keeps studies in memory. @param ownFolder where the study without a name is; null keeps it in memory. */
export function createStudies(registry: Registry, root: string | null, onNotice: OnNotice, ownFolder: OwnFolder | null = null): Studies {
  const system = root === null ? null : { folders: studyFolders(root), machine: thisMachine() };
  return createStudiesOn(system, registry, onNotice, ownFolder);
}

type Entry = { readonly seat: Seat; readonly holders: Set<SeatHolder> };

/** As `createStudies`, on another system. */
export function createStudiesOn(
  system: System | null,
  registry: Registry,
  onNotice: OnNotice,
  ownFolder: OwnFolder | null = null,
): Studies {
  const store: Store | null = system === null ? null : { ...system, registry, onNotice };
  const entries = new Map<string, Entry>();
  /** Those that have their folder open. The one that was opened last comes last. */
  const awake = new Set<string>();
  const wake = (name: string, wanted: Definition | null): StoredServed => {
    const served = openStored(store!, name, wanted);
    awake.delete(name);
    for (const oldest of [...awake].slice(0, Math.max(0, awake.size + 1 - awakeStudies))) {
      awake.delete(oldest);
      entries.get(oldest)?.seat.rest();
    }
    awake.add(name);
    return served;
  };
  const seatOf = (name: string, wanted: Definition | null): Seat =>
    store === null
      ? memorySeat(registry, serveStudy(registry, wanted ?? noStudy(name)))
      : storedSeat(wake(name, wanted), () => wake(name, null));
  return {
    registry,
    open: (name, wanted, holder) => {
      const known = entries.get(name);
      if (known !== undefined && wanted !== null) checkSame(name, headOfServed(known.seat.served), headOfDefinition(registry, wanted));
      const { seat, holders } = known ?? { seat: seatOf(name, wanted), holders: new Set<SeatHolder>() };
      holders.add(holder);
      entries.set(name, { seat, holders });
      return seat;
    },
    ownStored: ownFolder !== null,
    own: (wanted, extend) => {
      if (ownFolder === null) return memorySeat(registry, serveStudy(registry, wanted!));
      const ownStore = { machine: system?.machine ?? thisMachine(), registry, onNotice };
      const open = (again: Definition | null, extend: boolean, takeOver: boolean): StoredServed =>
        openOwnFolder(ownStore, { ...ownFolder, takeOver }, again, extend);
      return storedSeat(open(wanted, extend, ownFolder.takeOver), () => open(null, false, false));
    },
    leave: (name, holder) => {
      const known = entries.get(name);
      if (known === undefined) return;
      freeJobs(known.seat.takers, holder);
      known.holders.delete(holder);
      if (known.holders.size > 0) return;
      entries.delete(name);
      awake.delete(name);
      known.seat.rest();
    },
    read: (name) => {
      const known = entries.get(name);
      if (known !== undefined) return readingOf(known.seat.served);
      if (store === null) return noStudy(name);
      const { problem, history, trials, annotations } = readStored(store, name);
      return { problem, history, trials: (from, to) => trials.slice(from, to), annotations: () => annotations };
    },
    names: () => [...new Set([...entries.keys(), ...(store === null ? [] : storedNames(store))])].sort(),
  };
}

export function readingOf({ study: { problem, history }, trials, annotations }: Served): StudyReading {
  return { problem, history, trials, annotations };
}

function headOfServed({ study, choice }: Served): Head {
  return headOf(study, choice.options);
}
