/** Servers in tests: several clients share their studies, which are in memory, or on a disk in memory that a test can crash. */
import { limits, type Notice } from "@caviar-hpo/core";
import type { Registry } from "@caviar-hpo/runtime";
import { sessionOver } from "../src/rpc/session.ts";
import { createStudiesOn } from "../src/rpc/studies.ts";
import type { StudyFolders } from "../src/rpc/studyFolders.ts";
import { type FaultyDisk, filesOf } from "../src/testing/faultyDisk.ts";
import { type Client, clientOf } from "./client.ts";
import { machineOf } from "./durableRun.ts";
import { registry } from "./registry.ts";

export type TestServer = {
  /** Another client of the server. Its lines have at most `lineLength` UTF-16 units. */
  client(lineLength?: number): Client;
  readonly notices: readonly Notice[];
};

/**
 * @param disk null keeps studies in memory.
 * @param pid that of the server's process. The processes with other numbers have ended.
 */
export function serverOn(disk: FaultyDisk | null, pid = 1, strategies: Registry = registry): TestServer {
  const notices: Notice[] = [];
  const onNotice = (notice: Notice): void => {
    notices.push(notice);
  };
  const system = disk && { folders: foldersOn(disk), machine: { ...machineOf(pid), nowMs: () => 1000 * pid } };
  const studies = createStudiesOn(system, strategies, onNotice);
  return {
    notices,
    client: (lineLength = limits.lineBytes) => clientOf(sessionOver(studies, { announce: () => {}, onNotice, lineLength })),
  };
}

/** The folders of a disk without links. */
function foldersOn(disk: FaultyDisk): StudyFolders {
  const list = (): readonly string[] => [
    ...new Set(Object.keys(filesOf(disk.state())).flatMap((path) => /^\/root\/([^/]+)\//.exec(path)?.[1] ?? [])),
  ];
  return {
    use: (folderName, make) =>
      make || disk.list(`/root/${folderName}`).length > 0 ? { path: `/root/${folderName}`, disk, close: () => {} } : null,
    list: () => [...list()].sort(),
  };
}
