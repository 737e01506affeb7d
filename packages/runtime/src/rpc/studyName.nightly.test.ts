import { it } from "vitest";
import { checkFolders } from "../../testing/hostileNames.ts";

it("the folder of a study is one part of a path for every name, and different for different names", () => {
  checkFolders(50_000);
});
