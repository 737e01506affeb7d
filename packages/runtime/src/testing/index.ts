export {
  afterKill,
  afterPowerLoss,
  Crash,
  type DiskFault,
  type DiskOperation,
  type DiskState,
  emptyDisk,
  type FaultyDisk,
  faultyDisk,
  filesOf,
  pendingChanges,
  withFiles,
} from "./faultyDisk.ts";
export { hidesFailedAppends, ignoresShortWrites, neverCuts, neverSyncs, readsAs, syncsAgain } from "./plantedDisks.ts";
