export { checkedDisk, type DiskAdvice } from "./log/checkedDisk.ts";
export { appendAll, type Disk, type DiskFile } from "./log/disk.ts";
export { checkHeld, type Lock, type LockWords, lockAt, locked, waitForLock } from "./log/lock.ts";
export { type Identity, type Machine, thisMachine } from "./log/machine.ts";
export { nodeDisk } from "./log/nodeDisk.ts";
export type { Seams } from "./log/openStudy.ts";
export { replaceFile, temporarySuffix } from "./log/replaceFile.ts";
export { type NewFile, type OwnedFiles, replaceFiles } from "./log/replaceFiles.ts";
