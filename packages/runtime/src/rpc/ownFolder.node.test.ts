/** The study without a name in a folder that the server was given: the same as that of `openStudy`. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { real, strategies } from "@caviar-hpo/tune";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Any, type Client, clientOf } from "../../testing/client.ts";
import { openStudy } from "../log/openStudy.ts";
import { createSession, type SharedSession } from "./session.ts";

const space = [{ name: "x", kind: "real", low: 0, high: 1 }];
const definition = { protocol: 2, problem: { space }, strategy: { name: "tpe" }, seed: 7 };
const worth = (x: number): number => (x - 0.3) ** 2;
let root = "";
let count = 0;
const newFolder = (): string => join(root, String(count++));

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "caviar-"));
});
afterAll(() => {
  rmSync(root, { recursive: true });
});

/** A client of a server of its own. It leaves when `use` has returned. */
function withClient(path: string, use: (client: Client) => void, takeOver = false): void {
  const session: SharedSession = createSession(strategies, { own: { path, takeOver } });
  use(clientOf(session));
  session.end();
}

/** Runs trials through the wire until the study has started `trials`. */
function work(client: Client, trials: number): void {
  const ask = (): Any => client.call("ask", { trials }).jobs[0];
  for (let job = ask(); job !== undefined; job = ask()) client.call("tell", { job: job.id, values: [worth(job.config.x)] });
}

/** The events without their times. */
function eventsIn(folder: string): readonly string[] {
  return readFileSync(join(folder, "log"), "utf8")
    .split("\n")
    .filter((line) => !line.includes('"kind":"ended"'))
    .map((line) => line.replace(/^\S+ \S+ \S+ /, "").replace(/"atMs":\d+/, ""));
}

describe("a study in the folder of its server", () => {
  it("is the study of openStudy: what one has begun, the other continues, with the log of an undisturbed one", async () => {
    const options = { space: { x: real(0, 1) }, strategy: "tpe", seed: 7 } as const;
    const [shared, whole] = [newFolder(), newFolder()];
    const finish = async (folder: string, trials: number): Promise<void> => {
      const study = await openStudy(folder, options);
      const end = new AbortController();
      const onTrial = ({ id }: { readonly id: number }): void => {
        if (id === trials - 1) end.abort();
      };
      await study.optimize(({ config }) => worth(config.x), { trials: 40, onTrial, finishSignal: end.signal });
      study.close();
    };
    await finish(whole, 30);
    withClient(shared, (client) => {
      expect(client.call("open", definition)).toMatchObject({ stored: true, trials: 0, started: 0 });
      for (let trial = 0; trial < 10; trial++) {
        const [job] = client.call("ask", { trials: 40 }).jobs;
        client.call("tell", { job: job.id, values: [worth(job.config.x)] });
      }
    });
    await finish(shared, 20);
    withClient(shared, (client) => {
      const { trials, running, ...made } = client.call("open", { protocol: 2 });
      expect({ trials, running }).toEqual({ trials: 20, running: [] });
      expect(made).toMatchObject({ started: 20, strategy: { name: "tpe", options: {} }, seed: 7, problem: { resumable: false } });
      for (let trial = 20; trial < 30; trial++) {
        const [job] = client.call("ask", { trials: 40 }).jobs;
        client.call("tell", { job: job.id, values: [worth(job.config.x)] });
      }
    });
    expect(eventsIn(shared)).toEqual(eventsIn(whole));
  });

  it("is refused while another process has it open, unless it is taken over", () => {
    const folder = newFolder();
    withClient(folder, (first) => {
      first.call("open", definition);
      withClient(folder, (second) => expect(second.refusal("open", definition).data.code).toBe("locked"));
      withClient(folder, (second) => expect(second.call("open", definition).stored).toBe(true), true);
      expect(first.refusal("ask").data.code).toBe("takenOver");
    });
  });

  it("says what differs from what it was made with, and is extended on request", () => {
    const folder = newFolder();
    const wider = { ...definition, problem: { space: [{ ...space[0], high: 2 }] } };
    withClient(folder, (client) => {
      client.call("open", definition);
      work(client, 3);
    });
    withClient(folder, (client) => {
      expect(client.refusal("open", { ...definition, seed: 8 }).data).toMatchObject({ code: "otherStudy", expected: "seed 7" });
      expect(client.refusal("open", wider).data).toMatchObject({ code: "otherStudy", expected: "space.x.high 1" });
      expect(client.call("open", { ...wider, extend: true })).toMatchObject({ trials: 3, started: 3 });
    });
    withClient(folder, (client) => expect(client.call("open", { protocol: 2 }).problem.space[0].high).toBe(2));
  });

  it("leaves no second event where a client asks in vain again", () => {
    const folder = newFolder();
    const run = (): void =>
      withClient(folder, (client) => {
        client.call("open", definition);
        work(client, 3);
        expect(client.call("ask", { trials: 3, finish: true }).jobs).toEqual([]);
      });
    run();
    const events = eventsIn(folder);
    run();
    expect(eventsIn(folder).length - events.length).toBeLessThanOrEqual(2);
    withClient(folder, (client) => {
      client.call("open", definition);
      const before = eventsIn(folder);
      client.call("ask", { trials: 3, finish: true });
      expect(eventsIn(folder)).toEqual(before);
      expect(client.call("ask", { trials: 4 }).jobs).toHaveLength(1);
    });
  });

  it("is not made by a request that is refused", () => {
    const folder = newFolder();
    withClient(folder, (client) => {
      expect(client.refusal("open", { protocol: 2 }).data.code).toBe("noStudy");
      expect(client.refusal("open", { ...definition, strategy: { name: "tp" } }).data.code).toBe("unknownStrategy");
    });
    expect(() => readFileSync(join(folder, "log"))).toThrow("ENOENT");
  });
});
