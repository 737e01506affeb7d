/** Studies with a name: stored, shared by clients, and continued by the next server with the bits that they would have had. */
import type { Strategy } from "@caviar-hpo/core";
import { real } from "@caviar-hpo/tune";
import { describe, expect, it } from "vitest";
import type { Any, Client } from "../../testing/client.ts";
import { machineOf } from "../../testing/durableRun.ts";
import { type Count, cardFor, registry, uniform } from "../../testing/registry.ts";
import { serverOn } from "../../testing/servers.ts";
import { openStudyOn } from "../log/openStudy.ts";
import { emptyDisk, faultyDisk, filesOf, withFiles } from "../testing/faultyDisk.ts";
import { awakeStudies, studiesOfClient } from "./limits.ts";
import { folderNameOf } from "./studyName.ts";

const problem = { space: [{ name: "x", kind: "real", low: 0, high: 1 }] };
const definition = { problem, strategy: { name: "mean" }, seed: 7 };
const opening = { protocol: 2, name: "digits", ...definition };
const codeOf = (error: Any): string => error.data.code;
const worth = (config: Any): number => (config.x - 0.3) ** 2;

/** Asks for a job and reports it, `count` times. */
function work(client: Client, count: number, study?: string): readonly Any[] {
  return Array.from({ length: count }, () => {
    const [job] = client.call("ask", { study }).jobs;
    client.call("tell", { study, job: job.id, values: [worth(job.config)] });
    return job.config;
  });
}

describe("a stored study", () => {
  it("continues in the next server, after kill -9, with the configurations of an undisturbed one", () => {
    const memory = serverOn(null).client();
    memory.call("open", { ...opening, name: undefined });
    const expected = work(memory, 9);
    const disk = faultyDisk(emptyDisk);
    const found = [1, 2, 3].flatMap((pid) => {
      const client = serverOn(disk, pid).client();
      const answer = client.call("open", opening);
      expect(answer).toMatchObject({ protocol: 2, study: "digits", name: "mean", stored: true, trials: 3 * (pid - 1), running: [] });
      return work(client, 3);
    });
    expect(found).toEqual(expected);
  });

  it("says what was running, and takes the reports of jobs that an earlier server handed out", () => {
    const disk = faultyDisk(emptyDisk);
    const first = serverOn(disk).client();
    first.call("open", opening);
    const { jobs } = first.call("ask", { want: 2 });
    const second = serverOn(disk, 2).client();
    expect(second.call("open", opening).running).toEqual(jobs);
    second.call("tell", { job: 1, values: [0.5] });
    expect(second.call("running").jobs).toEqual([jobs[0]]);
  });

  it("is opened by its name alone, and read without being opened", () => {
    const disk = faultyDisk(emptyDisk);
    const writer = serverOn(disk).client();
    writer.call("open", opening);
    work(writer, 3);
    const reader = serverOn(disk, 2).client();
    const best = writer.call("best");
    expect(reader.call("best", { study: "digits" })).toEqual(best);
    expect(reader.call("trials", { study: "digits" })).toEqual(writer.call("trials"));
    expect(codeOf(reader.refusal("ask", { study: "digits" }))).toBe("notOpen");
    expect(reader.call("studies")).toEqual({ studies: [{ name: "digits", open: false }] });
    expect(reader.call("open", { protocol: 2, name: "digits" })).toMatchObject({ trials: 3, name: "mean" });
    expect(reader.call("best")).toEqual(best);
  });

  it("is released when its last client has gone", () => {
    const disk = faultyDisk(emptyDisk);
    const server = serverOn(disk);
    const [one, two] = [server.client(), server.client()];
    const other = (): Client => serverOn(disk).client();
    one.call("open", opening);
    two.call("open", opening);
    one.leave();
    expect(codeOf(other().refusal("open", opening))).toBe("locked");
    two.call("close", { study: "digits" });
    other().call("open", opening);
  });

  it("records when things happened", () => {
    const client = serverOn(faultyDisk(emptyDisk), 5).client();
    client.call("open", opening);
    work(client, 1);
    expect(client.call("snapshot").snapshot.events.map(({ atMs }: Any) => atMs)).toEqual([5000, 5000]);
  });

  it("is made by no request that is refused", () => {
    const disk = faultyDisk(emptyDisk);
    const client = serverOn(disk).client();
    for (const change of [
      { strategy: { name: "maen" } },
      { seed: { $num: "NaN" } },
      { problem: { space: [{ ...problem.space[0], low: 2 }] } },
      { name: "" },
    ])
      client.refusal("open", { ...opening, ...change });
    const objectives = Array.from({ length: 9 }, (_, index) => ({ name: `o${index}`, goal: "minimize" }));
    client.refusal("open", { ...opening, problem: { ...problem, objectives } });
    expect(codeOf(client.refusal("open", { protocol: 2, name: "nothing" }))).toBe("noStudy");
    expect(codeOf(client.refusal("best", { study: "nothing" }))).toBe("noStudy");
    expect(filesOf(disk.state())).toEqual({});
  });

  it("is opened only with what it was made of, by this server and by the next", () => {
    const disk = faultyDisk(emptyDisk);
    const server = serverOn(disk);
    server.client().call("open", opening);
    for (const client of [server.client(), serverOn(disk, 2).client()]) {
      const error = client.refusal("open", { ...opening, seed: 8 });
      expect(error.data).toMatchObject({ code: "otherStudy", expected: "seed 7", got: "seed 8" });
      expect(client.refusal("open", { ...opening, strategy: { name: "uniform" } }).data.expected).toBe('strategy.name "mean"');
    }
  });
});

it("a study whose space was extended is served as it is now, and its snapshot has the same future", async () => {
  const disk = faultyDisk(emptyDisk);
  const before = serverOn(disk).client();
  before.call("open", opening);
  work(before, 3);
  before.leave();
  const strategy = registry.find(({ name }) => name === "mean")!;
  const seams = { disk, machine: machineOf(2) };
  const options = { space: { x: real(0, 4) }, seed: 7, strategy, extend: true } as const;
  (await openStudyOn(seams, `/root/${folderNameOf("digits")}`, options)).close();
  const client = serverOn(disk, 3).client();
  expect(codeOf(client.refusal("open", opening))).toBe("otherStudy");
  expect(client.call("open", { protocol: 2, name: "digits" })).toMatchObject({ trials: 3, running: [] });
  expect(work(client, 3).some(({ x }) => x > 1)).toBe(true);
  const { snapshot } = client.call("snapshot");
  const restored = serverOn(null).client();
  restored.call("restore", { snapshot, protocol: 2 });
  expect(work(restored, 3)).toEqual(work(client, 3));
});

it("reports of jobs from before an extension are answered: a repeated one again, a lost one as observed, another one with both", async () => {
  const disk = faultyDisk(emptyDisk);
  const before = serverOn(disk).client();
  before.call("open", opening);
  const { jobs } = before.call("ask", { want: 3 });
  const [told, late, never] = jobs.map(({ id }: Any) => id);
  before.call("tell", { job: told, values: [1] });
  const outside = before.call("observe", { config: { x: 0.5 }, status: "running" }).job;
  before.leave();
  const strategy = registry.find(({ name }) => name === "mean")!;
  const options = { space: { x: real(0, 4) }, seed: 7, strategy, extend: true } as const;
  (await openStudyOn({ disk, machine: machineOf(2) }, `/root/${folderNameOf("digits")}`, options)).close();
  const client = serverOn(disk, 3).client();
  client.call("open", { protocol: 2, name: "digits" });
  const ids = client.call("ask", { want: 3 }).jobs.map(({ id }: Any) => id);
  expect(new Set([...ids, told, late, never, outside]).size).toBe(7);
  expect(client.call("tell", { job: told, values: [1] })).toMatchObject({ effect: "accepted", repeated: true });
  expect(client.refusal("tell", { job: told, values: [2] }).data).toMatchObject({ code: "otherReport" });
  expect(client.call("tell", { job: late, values: [3] })).toMatchObject({ effect: "observed" });
  expect(client.call("tell", { job: late, values: [3] })).toMatchObject({ effect: "observed", repeated: true });
  expect(client.call("fail", { job: never, reason: "lost" })).toMatchObject({ effect: "failed", repeated: true });
  expect(client.call("tell", { job: outside, values: [4] })).toMatchObject({ effect: "accepted" });
  expect(client.call("tell", { job: outside, values: [4] })).toMatchObject({ effect: "accepted", repeated: true });
  expect(codeOf(client.refusal("tell", { job: 99, values: [4] }))).toBe("unknownJob");
  const { snapshot } = client.call("snapshot");
  const restored = serverOn(null).client();
  restored.call("restore", { snapshot, protocol: 2 });
  expect(restored.call("ask").jobs).toEqual(client.call("ask").jobs);
});

/** Its answers are long. */
const verbose: Strategy<Count> = {
  ...uniform,
  name: "verbose",
  ask: (state, context, want, nextTrial) => {
    const answer = uniform.ask(state, context, want, nextTrial);
    return { ...answer, proposals: answer.proposals.map((proposal) => ({ ...proposal, note: "n".repeat(2000) })) };
  },
};

describe("an event whose answer would be too long", () => {
  it("is not stored, and the study has the future of one that was never asked for it", () => {
    const [disk, undisturbed] = [faultyDisk(emptyDisk), faultyDisk(emptyDisk)];
    const clients = [disk, undisturbed].map((one) => serverOn(one, 1, [...registry, cardFor(verbose)]).client(16_384));
    for (const client of clients) client.call("open", { ...opening, strategy: { name: "verbose" } });
    expect(codeOf(clients[0]!.refusal("ask", { want: 9 }))).toBe("answerTooLong");
    for (const client of clients) client.call("ask");
    const log = `/root/${folderNameOf("digits")}/log`;
    expect(filesOf(disk.state())[log]!.length).toBeGreaterThan(2000);
    expect(filesOf(disk.state())[log]).toEqual(filesOf(undisturbed.state())[log]);
  });
});

describe("a disk", () => {
  it("that crashes at any of its operations leaves a study that continues with the same bits, and lets no answered report be lost", () => {
    const converse = (client: Client): Any[] => {
      client.call("open", opening);
      const { jobs } = client.call("running");
      for (let { total } = client.call("trials"); total < 4; total++) jobs.push(...client.call("ask").jobs);
      return jobs.map((job: Any) => client.call("tell", { job: job.id, values: [worth(job.config)] }));
    };
    const whole = faultyDisk(emptyDisk);
    converse(serverOn(whole).client());
    let operations = 0;
    const counting = faultyDisk(emptyDisk, () => {
      operations++;
      return null;
    });
    converse(serverOn(counting).client());
    expect(operations).toBeGreaterThan(20);
    const untimed = (files: { readonly [path: string]: Buffer }): readonly (readonly [string, string])[] =>
      Object.entries(files)
        .filter(([path]) => path.endsWith("/log"))
        .map(([path, bytes]) => [path, events(bytes)]);
    for (let crashAt = 0; crashAt < operations; crashAt++)
      for (const when of ["before", "after"] as const) {
        const disk = faultyDisk(emptyDisk, (_operation, index) => (index === crashAt ? { kind: "crash", when } : null));
        expect(() => converse(serverOn(disk).client())).toThrow();
        const later = faultyDisk(disk.state());
        converse(serverOn(later, 2).client());
        expect(untimed(filesOf(later.state())), `${when} ${crashAt}`).toEqual(untimed(filesOf(whole.state())));
      }
  });

  it("that is full for a while breaks no study: the client reports again", () => {
    let full = false;
    const disk = faultyDisk(emptyDisk, ({ kind }) => (full && kind === "append" ? { kind: "error", code: "ENOSPC" } : null));
    const client = serverOn(disk).client();
    client.call("open", opening);
    client.call("ask");
    full = true;
    expect(codeOf(client.refusal("tell", { job: 0, values: [1] }))).toBe("diskFailed");
    full = false;
    expect(client.call("tell", { job: 0, values: [1] })).toEqual({ effect: "accepted", directives: [] });
    expect(client.call("best").front[0].values).toEqual([1]);
  });
});

/** The events in a log without their times, which depend on the process. */
function events(log: Buffer): string {
  return log
    .toString()
    .replaceAll(/^\S+ \d+ /gm, "")
    .replaceAll(/"atMs":\d+/g, "");
}

describe("several clients", () => {
  it.each([
    ["in memory", null],
    ["on a disk", faultyDisk(emptyDisk)],
  ])("share a study %s: jobs of one are reported by another", (_name, disk) => {
    const server = serverOn(disk);
    const [one, two] = [server.client(), server.client()];
    one.call("open", opening);
    expect(two.call("open", { protocol: 2, name: "digits" }).running).toEqual([]);
    const [first] = one.call("ask").jobs;
    const [second] = two.call("ask").jobs;
    expect([first.id, second.id]).toEqual([0, 1]);
    two.call("tell", { job: 0, values: [2] });
    one.call("tell", { job: 1, values: [1] });
    expect(one.call("best")).toEqual(two.call("best"));
    expect(one.call("best").front[0].trial).toBe(1);
  });

  it.each([
    ["in memory", null],
    ["on a disk", faultyDisk(emptyDisk)],
  ])("take over the jobs of one that has left, and no others: %s", (_name, disk) => {
    const server = serverOn(disk);
    const [one, two, three] = [server.client(), server.client(), server.client()];
    for (const client of [one, two, three]) client.call("open", opening);
    const ids = (answer: Any): readonly number[] => answer.jobs.map(({ id }: Any) => id);
    one.call("ask", { want: 2 });
    two.call("ask");
    three.call("observe", { config: { x: 0.5 }, status: "running" });
    expect(ids(three.call("take"))).toEqual([]);
    one.leave();
    expect(ids(three.call("take", { want: 1 }))).toEqual([0]);
    expect(ids(two.call("take"))).toEqual([1]);
    three.call("tell", { job: 0, values: [1] });
    two.call("close", { study: "digits" });
    expect(ids(three.call("take"))).toEqual([1, 2]);
  });

  it("get nothing by an answer that is too long for them: the jobs stay free", () => {
    const server = serverOn(null);
    const [one, two, three] = [server.client(), server.client(8192), server.client()];
    for (const client of [one, two, three]) client.call("open", opening);
    one.call("ask", { want: 100 });
    one.leave();
    expect(codeOf(two.refusal("take"))).toBe("answerTooLong");
    expect(three.call("take").jobs).toHaveLength(100);
  });

  it("read what another one has noted, also after a request that was taken back", () => {
    const server = serverOn(null, 1, [...registry, cardFor(verbose)]);
    const [one, two] = [server.client(), server.client(16_384)];
    for (const client of [one, two]) client.call("open", { ...opening, strategy: { name: "verbose" } });
    one.call("ask");
    one.call("annotate", { trial: 0, attributes: { host: "a" } });
    one.call("annotate", { trial: null, attributes: { commit: "f00" } });
    expect(codeOf(two.refusal("ask", { want: 9 }))).toBe("answerTooLong");
    expect(two.call("trials").trials.map(({ annotations }: Any) => annotations)).toEqual([{ host: "a" }]);
    expect(two.call("annotations")).toEqual({ annotations: { commit: "f00" } });
  });

  it("are told that attributes are too long, without an effect on the rest of the batch", () => {
    const client = serverOn(faultyDisk(emptyDisk)).client();
    client.call("open", opening);
    const annotate = (id: number, text: string): object => ({
      jsonrpc: "2.0",
      id,
      method: "annotate",
      params: { trial: null, attributes: { text } },
    });
    const [long, short] = client.line(JSON.stringify([annotate(1, "x".repeat(1 << 20)), annotate(2, "y")]));
    expect(codeOf(long.error)).toBe("badAttributes");
    expect(short.result).toEqual({});
    expect(client.call("annotations").annotations).toEqual({ text: "y" });
  });

  it("have several studies each, and a study of their own", () => {
    const server = serverOn(null);
    const [one, two] = [server.client(), server.client()];
    one.call("open", opening);
    expect(work(one, 1)).toHaveLength(1);
    one.call("open", { ...opening, name: "letters" });
    expect(one.refusal("ask").data).toMatchObject({ code: "whichStudy", remedy: 'Pass one of "digits", "letters".' });
    work(one, 3, "letters");
    two.call("open", { ...opening, name: undefined });
    work(two, 2);
    one.call("open", { ...opening, name: undefined });
    expect(one.call("trials").total).toBe(0);
    expect(one.call("trials", { study: "digits" }).total).toBe(1);
    expect(two.call("trials", { study: "letters" }).total).toBe(3);
    expect(two.call("trials").total).toBe(2);
    expect(two.call("studies").studies.map(({ name }: Any) => name)).toEqual(["digits", "letters"]);
  });

  it("cannot open more studies than one client may", () => {
    const client = serverOn(faultyDisk(emptyDisk)).client();
    for (let index = 0; index < studiesOfClient; index++) client.call("open", { ...opening, name: `study ${index}` });
    expect(codeOf(client.refusal("open", { ...opening, name: "one more" }))).toBe("tooManyStudies");
    client.call("open", { ...opening, name: "study 3" });
    client.call("close", { study: "study 3" });
    client.call("open", { ...opening, name: "one more" });
  });

  it("make the server close the files of some studies, and lose nothing by it", () => {
    const disk = faultyDisk(emptyDisk);
    const server = serverOn(disk);
    const clients = Array.from({ length: 5 }, () => server.client());
    const names = Array.from({ length: awakeStudies + 9 }, (_, index) => `study ${index}`);
    const clientOf = (index: number): Client => clients[index % clients.length]!;
    for (const [index, name] of names.entries()) clientOf(index).call("open", { ...opening, name });
    const locks = (): number => Object.keys(filesOf(disk.state())).filter((path) => /lock-\w+$/.test(path)).length;
    for (let round = 0; round < 2; round++)
      for (const [index, name] of names.entries()) {
        work(clientOf(index), 1, name);
        if (index % 8 === 0) expect(locks()).toBeLessThanOrEqual(awakeStudies);
      }
    expect(names.map((name) => clientOf(0).call("trials", { study: name }).total)).toEqual(names.map(() => 2));
  });
});

describe("names", () => {
  /** They have the same folder: the slug "a", and hashes that begin with the same eight digits. */
  const collision = (): readonly [string, string] => {
    const seen = new Map<string, string>();
    for (let index = 0; ; index++) {
      const name = `a${[...index.toString(2)].map((bit) => (bit === "0" ? "." : "!")).join("")}`;
      const folder = folderNameOf(name);
      if (seen.has(folder)) return [seen.get(folder)!, name];
      seen.set(folder, name);
    }
  };

  it("with one folder are told apart: the second is refused, and never opens the study of the first", () => {
    const [first, second] = collision();
    expect(folderNameOf(second)).toBe(folderNameOf(first));
    const client = serverOn(faultyDisk(emptyDisk)).client();
    client.call("open", { ...opening, name: first });
    work(client, 1);
    const error = client.refusal("open", { ...opening, name: second });
    expect(codeOf(error)).toBe("locked");
    client.call("close", { study: first });
    expect(codeOf(client.refusal("open", { ...opening, name: second }))).toBe("nameTaken");
    expect(codeOf(client.refusal("open", { protocol: 2, name: second }))).toBe("nameTaken");
    expect(codeOf(client.refusal("trials", { study: second }))).toBe("noStudy");
  });

  it("that a file has lost are refused as damage", () => {
    const disk = faultyDisk(emptyDisk);
    serverOn(disk).client().call("open", opening);
    const path = `/root/${folderNameOf("digits")}/name.json`;
    for (const text of ["", "{}", '{"name":""}', '{"name":1}', "\0".repeat(10_000)]) {
      const broken = faultyDisk(withFiles(disk.state(), { [path]: Buffer.from(text) }));
      expect(codeOf(serverOn(broken, 2).client().refusal("open", opening)), text).toBe("corrupt");
    }
  });
});
