import { Readable, Writable } from "node:stream";
import type { Notice } from "@caviar-hpo/core";
import { expect, test } from "vitest";
import { registry, uniform } from "../../testing/registry.ts";
import { createSession } from "./session.ts";
import { serve } from "./stdio.ts";

const line = (method: string, params: object = {}, id?: number): string =>
  JSON.stringify({ jsonrpc: "2.0", ...(id === undefined ? {} : { id }), method, params });
const space = [{ name: "x", kind: "real", low: 0, high: 1 }];
const open = { protocol: 1, seed: 7, strategy: { name: "uniform" }, problem: { space } };

test("a refused notification gets no answer, and the first one gets a notice that says why", () => {
  const notices: Notice[] = [];
  const session = createSession(registry, { onNotice: (notice) => notices.push(notice) });
  session.answer(line("open", open, 1));
  for (const job of [3, 4]) expect(session.answer(line("tell", { job, values: [1] }))).toBeNull();
  expect(session.answer(line("tel"))).toBeNull();
  expect(notices).toEqual([
    {
      code: "refusedNotification",
      what: "notification",
      message:
        '"tell" came without an id and was refused (params.job: expected a running job, got job 3, which was never handed out). Later refusals are not shown',
      remedy: "Send requests with an id, so that their answers carry the error.",
    },
  ]);
});

test("beliefs that the strategy of a new study ignores are noticed", () => {
  const notices: Notice[] = [];
  const session = createSession(registry, { onNotice: (notice) => notices.push(notice) });
  const believed = { ...open, problem: { space, beliefs: { params: { x: { near: 0.5 } } } } };
  expect(JSON.parse(session.answer(line("open", believed, 1))!).result.name).toBe("uniform");
  expect(notices.map(({ code, message }) => [code, message])).toEqual([["beliefsIgnored", "the strategy uniform does not use them"]]);
});

test("a notification in a batch is noticed too", () => {
  const codes: string[] = [];
  const session = createSession(registry, { onNotice: ({ code }) => codes.push(code) });
  expect(session.answer(`[${line("ask")}]`)).toBeNull();
  expect(codes).toEqual(["refusedNotification"]);
});

test("a notification that takes effect, and a request that is refused, are not noticed", () => {
  const session = createSession(registry, {
    onNotice: ({ code }) => {
      throw new Error(code);
    },
  });
  expect(session.answer(line("open", open))).toBeNull();
  expect(session.answer(line("ask"))).toBeNull();
  expect(session.answer(line("tell", { job: 0, values: [1] }))).toBeNull();
  expect(JSON.parse(session.answer(line("best", {}, 1))!).result.front).toHaveLength(1);
  expect(JSON.parse(session.answer(line("tell", { job: 9, values: [1] }, 2))!).error.data.code).toBe("unknownJob");
});

test("serve passes notices on, and writes none of them among the answers", async () => {
  const codes: string[] = [];
  let text = "";
  const output = new Writable({
    write: (chunk, _encoding, done) => {
      text += String(chunk);
      done();
    },
  });
  await serve(registry, Readable.from([Buffer.from(`${line("ask")}\n`)]), output, { onNotice: ({ code }) => codes.push(code) });
  expect({ codes, text }).toEqual({ codes: ["refusedNotification"], text: "" });
});

test("a budget that is too small for the strategy is noticed once, and observed results never count towards it", () => {
  const notices: Notice[] = [];
  const least = { trials: 9, observed: false, because: "the strategy needs nine", remedy: "Allow nine trials." };
  const needy = registry.map((card) => ({ ...card, create: () => ({ ...uniform, leastTrials: () => least }) }));
  const session = createSession(needy, { onNotice: (notice) => notices.push(notice) });
  session.answer(line("open", open, 1));
  session.answer(line("observe", { config: { x: 0.5 }, values: [1] }, 2));
  const asked = [3, 4].map((id) => JSON.parse(session.answer(line("ask", { want: 3, trials: 5 }, id))!) as { result: { jobs: unknown[] } });
  expect(asked.map(({ result }) => result.jobs.length)).toEqual([3, 2]);
  expect(notices.map(({ code, what }) => [code, what])).toEqual([["fewTrials", "trials of uniform"]]);
});
