import { emptyDisk, faultyDisk, filesOf, withFiles } from "@caviar-hpo/runtime/testing";
import { expect, test } from "vitest";
import { campaignDisk } from "../campaign/campaignFolder.ts";
import { keepSavedParts, partsName, readSavedParts, type SavedParts } from "./savedParts.ts";

const parts: SavedParts = {
  versions: { random: 1, bayesopt: 2 },
  strategies: { mine: { name: "mine", version: "1.2", digest: "ab" } },
  problems: {},
};
const path = `/campaign/${partsName}`;

test("parts that lost any one byte are damaged, white space included", () => {
  const disk = faultyDisk(emptyDisk);
  keepSavedParts(campaignDisk(disk), "/campaign", parts, true);
  expect(readSavedParts(campaignDisk(disk), "/campaign")).toEqual(parts);
  const content = filesOf(disk.state())[path]!;
  const accepted = Array.from(content, (_byte, at) => at).filter((at) => {
    const bytes = Uint8Array.from([...content.slice(0, at), ...content.slice(at + 1)]);
    const broken = faultyDisk(withFiles(disk.state(), { [path]: bytes }));
    try {
      return readSavedParts(campaignDisk(broken), "/campaign") !== null;
    } catch (error) {
      expect(error).toMatchObject({ code: "corrupt" });
      return false;
    }
  });
  expect(accepted).toEqual([]);
});
