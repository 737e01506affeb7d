/** What holds for every line that a session writes: it is within the limit, and a request without its answer has had no effect. */
import { type Json, limits, type Strategy } from "@caviar-hpo/core";
import { stringifyWire } from "@caviar-hpo/core/wire";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Any, type Client, connect } from "../../testing/client.ts";
import { type Count, cardFor, registry, uniform } from "../../testing/registry.ts";
import { batchLength, idLength, refusalLength } from "./limits.ts";
import { createSession, type Session } from "./session.ts";

const mega = 1_000_000;
/** One character of text, six when it is escaped. */
const del = "\u007f";
const longNote = "n".repeat(8 * mega);

/** Its jobs carry notes of eight megabytes: eight of them fill a line. */
const verbose: Strategy<Count> = {
  ...uniform,
  name: "verbose",
  ask: (state, context, want, nextTrial) => {
    const answer = uniform.ask(state, context, want, nextTrial);
    return { ...answer, proposals: answer.proposals.map((proposal) => ({ ...proposal, note: longNote })) };
  },
};

const problem = { space: [{ name: "x", kind: "real", low: 0, high: 1 }] };
const request = (id: Json, method: string, params: object = {}): object => ({ jsonrpc: "2.0", id, method, params });
const opening = (strategy: string): object => ({ protocol: 1, seed: 3, strategy: { name: strategy }, problem });

function opened(strategy = "uniform"): Session {
  const session = createSession([...registry, cardFor(verbose), ...throwing.map(([, card]) => card)]);
  session.answer(JSON.stringify(request(0, "open", opening(strategy))));
  return session;
}

/** The answer, parsed; its line is within the limit. */
function say(session: Session, line: string): Any {
  const answer = session.answer(line);
  if (answer === null) return null;
  expect(answer.length).toBeLessThanOrEqual(limits.lineBytes);
  return JSON.parse(answer);
}

const stateOf = (session: Session): Any => say(session, JSON.stringify(request("state", "snapshot"))).result;

describe("an id", () => {
  const lineFor = (id: string): string => `{"jsonrpc":"2.0","method":"ask","id":"${id}"}`;

  test.each([
    ["12 million U+007F, which are escaped", del.repeat(12 * mega)],
    ["67,108,804 letters, which fill the line", "a".repeat(67_108_804)],
    ["12 million line separators", "\u2028".repeat(12 * mega)],
    ["10 million escapes of lone surrogates", "\\ud800".repeat(10 * mega)],
    ["one character more than the limit", "a".repeat(idLength + 1)],
  ])("of %s is refused, and its request has no effect", (_name, id) => {
    const session = opened();
    const before = stateOf(session);
    const { id: answered, error } = say(session, lineFor(id));
    expect({ answered, code: error.code, data: error.data.code }).toEqual({ answered: null, code: -32600, data: "invalidRequest" });
    expect(error.data.expected).toContain(`a string of at most ${idLength} characters`);
    expect(stateOf(session)).toEqual(before);
  });

  test("of as many characters as may be comes back, even if each of them is escaped", () => {
    for (const character of ["a", del, "\u2028", "\ud800"])
      expect(say(opened(), JSON.stringify(request(character.repeat(idLength), "ask"))).id).toBe(character.repeat(idLength));
  });
});

describe("a batch", () => {
  test("of 45 snapshots of a study of 16 MB answers those that fit in a line, and carries out none of the rest", () => {
    const session = opened("verbose");
    say(session, JSON.stringify(request(1, "ask", { want: 2 })));
    const before = stateOf(session);
    const batch = Array.from({ length: 45 }, (_, id) => request(id, "snapshot"));
    const answers: Any[] = say(session, JSON.stringify([...batch, request(45, "ask")]));
    expect(answers.map(({ id }) => id)).toEqual(Array.from({ length: 46 }, (_, id) => id));
    answers.forEach((answer, index) => {
      if (index < 4) expect(answer.result.snapshot.checksum).toBe(before.snapshot.checksum);
      else expect(answer.error).toMatchObject({ code: -32000, data: { code: "answerTooLong" } });
    });
    expect(stateOf(session)).toEqual(before);
  });

  test("of 5,000 long answers is one line within the limit", () => {
    const long = registry.map((card) => ({ ...card, doc: "d".repeat(4000) }));
    const session = createSession(long);
    const answers: Any[] = say(session, JSON.stringify(Array.from({ length: 5000 }, (_, id) => request(id, "strategies"))));
    expect(answers).toHaveLength(5000);
    expect(answers.filter((answer) => answer.result !== undefined).length).toBeGreaterThan(2000);
    expect(answers.at(-1).error.data.code).toBe("answerTooLong");
  });

  test("of more requests than can be refused in one line is refused as a whole, before any of them is carried out", () => {
    const session = opened();
    const before = stateOf(session);
    for (const members of [batchLength(limits.lineBytes) + 1, 5 * mega]) {
      const { id, error } = say(session, `[${JSON.stringify(request(1, "ask"))}${",1".repeat(members - 1)}]`);
      expect({ id, code: error.code, got: error.data.got }).toEqual({ id: null, code: -32600, got: `a list of ${members}` });
    }
    expect(stateOf(session)).toEqual(before);
  });

  test("of as many requests as may be gets an answer to each, with the longest ids", () => {
    const id = del.repeat(idLength);
    const batch = Array.from({ length: batchLength(limits.lineBytes) }, () => request(id, "strategies"));
    const answers: Any[] = say(createSession(registry), JSON.stringify(batch));
    expect(answers).toHaveLength(batchLength(limits.lineBytes));
    expect(answers.every((answer) => answer.id === id && answer.error.data.code === "answerTooLong")).toBe(true);
    expect(stringifyWire(answers[0]).length).toBeLessThan(refusalLength);
  });

  test("whatever is in it does what its answered requests do one by one", () => {
    const member = fc.oneof(
      { weight: 5, arbitrary: fc.record({ method: fc.constant("ask"), params: fc.record({ want: fc.integer({ min: 0, max: 6 }) }) }) },
      fc.record({ method: fc.constant("tell"), params: fc.record({ job: fc.integer({ min: 0, max: 9 }), values: fc.constant([1]) }) }),
      fc.record({ method: fc.constantFrom("best", "recommend", "nothing"), params: fc.constant({}) }),
    );
    const notified = fc.record({ call: member, notification: fc.boolean() });
    let refused = 0;
    fc.assert(
      fc.property(fc.array(notified, { minLength: 6, maxLength: 12 }), (members) => {
        const [session, reference] = [opened("verbose"), opened("verbose")];
        const batch = members.map(({ call, notification }, id) => ({ jsonrpc: "2.0", ...(notification ? {} : { id }), ...call }));
        const answers: Any[] = say(session, JSON.stringify(batch)) ?? [];
        expect(answers.map(({ id }) => id)).toEqual(batch.flatMap((one) => ("id" in one ? [one.id] : [])));
        const full: number = answers.find(({ error }) => error?.data.code === "answerTooLong")?.id ?? batch.length;
        if (full < batch.length) refused++;
        for (const one of batch.slice(0, full)) {
          const expected = say(reference, JSON.stringify(one));
          if ("id" in one) expect(answers.find(({ id }) => id === one.id)).toEqual(expected);
        }
        const next = JSON.stringify(request("next", "ask"));
        expect(say(session, next)).toEqual(say(reference, next));
      }),
      { seed: 2, numRuns: 4 },
    );
    expect(refused).toBeGreaterThan(0);
  });
});

test("an ask whose answer is too long has no effect, and the study has the same future", () => {
  const [session, undisturbed] = [opened("verbose"), opened("verbose")];
  for (const want of [9, 100]) {
    const { error } = say(session, JSON.stringify(request(1, "ask", { want })));
    expect(error).toMatchObject({ code: -32000, data: { code: "answerTooLong" } });
    expect(error.data.remedy).toContain("The request had no effect.");
  }
  const next = JSON.stringify(request(2, "ask", { want: 3 }));
  expect(say(session, next)).toEqual(say(undisturbed, next));
  say(session, JSON.stringify(request(3, "tell", { job: 0, values: [1] })));
  say(undisturbed, JSON.stringify(request(3, "tell", { job: 0, values: [1] })));
  expect(stateOf(session)).toEqual(stateOf(undisturbed));
});

test("an open whose strategy has a name too long for an answer opens nothing", () => {
  const name = del.repeat(12 * mega);
  const client = connect([cardFor({ ...uniform, name: "uniform" }), { ...cardFor({ ...uniform, name }), name: "long" }]);
  expect(client.refusal("open", opening("long")).data.code).toBe("answerTooLong");
  client.call("open", opening("uniform"));
});

/** What strategies from outside may throw. */
const throwing = (
  [
    ["a long error", () => new Error(del.repeat(30 * mega))],
    ["a long text", () => "x".repeat(30 * mega)],
    ["an error without a message that can be read", () => Object.defineProperty(new Error(""), "message", { get: () => thrower() })],
    ["an object that cannot become a text", () => ({ toString: thrower })],
    ["a revoked proxy", () => revoked()],
    ["a symbol", () => Symbol("s")],
    ["null", () => null],
  ] as const
).map(([name, make]) => {
  const tell = (): never => {
    throw make();
  };
  return [name, cardFor({ ...uniform, name, tell })] as const;
});

function thrower(): never {
  throw new TypeError("a trap");
}

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

test.each(throwing)("%s of a strategy is an internal error of bounded length", (name) => {
  const session = opened(name);
  say(session, JSON.stringify(request(1, "ask")));
  const answer = session.answer(JSON.stringify(request(2, "tell", { job: 0, values: [1] })))!;
  expect(answer.length).toBeLessThan(65_536);
  expect(JSON.parse(answer)).toMatchObject({ id: 2, error: { code: -32603, data: { code: "internal" } } });
});

test("a long text anywhere in a request comes back cut short", () => {
  const long = [del, "\u2028", "🐼", "\ud800"].map((character) => character.repeat(70_000));
  const requests: readonly (readonly [string, object])[] = [
    ["open", { ...opening("uniform"), constraints: ["c"] }],
    ["ask", { want: 1, starts: 1, finish: true }],
    ["tell", { job: 0, values: [1], constraints: [], variance: [1], costSeconds: 1, last: true }],
    ["fail", { job: 0, reason: "threw" }],
    ["observe", { config: { x: 0.5 }, values: [1] }],
    ["restore", { snapshot: connectedSnapshot() }],
    ["predict", { configs: [{ x: 0.5 }] }],
  ];
  const places = requests.flatMap(([method, params]) => placesOf({ method, params }).map((place) => [method, params, place] as const));
  for (const [index, [method, params, place]] of places.entries()) {
    const text = long[index % long.length]!;
    for (const asKey of [true, false]) {
      const changed = replaced({ jsonrpc: "2.0", id: 1, method, params }, place, text, asKey);
      const session = method === "open" || method === "restore" ? createSession(registry) : opened();
      const answer = session.answer(JSON.stringify(changed))!;
      expect(answer.length, `${method} ${place.join(".")}`).toBeLessThan(65_536);
    }
  }
});

function connectedSnapshot(): Any {
  const client: Client = connect(registry);
  client.call("open", opening("uniform"));
  client.call("ask");
  client.call("tell", { job: 0, values: [1] });
  return client.call("snapshot").snapshot;
}

/** The paths of all members. */
function placesOf(value: unknown): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [[key], ...placesOf(member).map((rest) => [key, ...rest])]);
}

/** A copy with `text` in one place: as the value there, or as its key. */
function replaced(value: object, place: readonly string[], text: string, asKey: boolean): object {
  const copy: Any = structuredClone(value);
  const parent = place.slice(0, -1).reduce<Any>((node, key) => node[key], copy);
  const last = place.at(-1)!;
  if (!asKey || Array.isArray(parent)) parent[last] = text;
  else {
    parent[text] = parent[last];
    delete parent[last];
  }
  return copy;
}
