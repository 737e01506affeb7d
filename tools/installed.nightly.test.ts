/** A plain installation of the packed packages, outside of the workspace. Build first: `npm run build`. */
import { afterAll, describe, expect, it } from "vitest";
import { installPackages } from "./installed/install.mjs";
import { faultOf, peers, writePrograms } from "./installed/programs.mjs";

const { app, remove } = installPackages({ extra: peers });
afterAll(remove);

describe("after a plain installation", async () => {
  const programs = await writePrograms(app);

  it.each(programs.map((program) => [program.name, program] as const))("%s runs", (_name, program) => {
    expect(faultOf(process.execPath, program, app)).toBeNull();
  });
});
