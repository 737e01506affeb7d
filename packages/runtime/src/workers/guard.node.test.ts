import { expect, it } from "vitest";
import { startGuard } from "./guard.ts";
import { startGroup } from "./processGroup.ts";

const env = { PATH: process.env.PATH };
const sleeper = ["-c", "sleep 1000 & wait"];

it.runIf(process.platform === "linux")(
  "a program is ended even if its parent is killed before it can name the program's group",
  async () => {
    const guard = startGuard();
    // Nothing of this process reaches the guard after the start, and then its messages end: so the guard sees a kill -9.
    const { ended } = startGroup("/bin/sh", sleeper, { env, stdio: "ignore" }, { ...guard, add: () => {} });
    guard.close();
    expect(await ended).toEqual({ code: null, signal: "SIGKILL", error: null });
  },
);
