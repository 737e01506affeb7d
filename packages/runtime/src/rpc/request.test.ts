/** The envelope: jsonrpc.org/specification, whose section 7 gives many of these examples. */
import { describe, expect, test } from "vitest";
import { connect } from "../../testing/client.ts";
import { registry } from "../../testing/registry.ts";

describe("a message that is no request", () => {
  test.each([
    ["a number", "1"],
    ["a text", '"ask"'],
    ["null", "null"],
    ["no version", '{"id":1,"method":"ask"}'],
    ["another version", '{"jsonrpc":"1.0","id":1,"method":"ask"}'],
    ["no method", '{"jsonrpc":"2.0","id":1}'],
    ["a method that is a number", '{"jsonrpc":"2.0","method":1,"id":1}'],
    ["params that are a text", '{"jsonrpc":"2.0","id":1,"method":"ask","params":"bar"}'],
    ["params that are null", '{"jsonrpc":"2.0","id":1,"method":"ask","params":null}'],
    ["a member too many", '{"jsonrpc":"2.0","id":1,"method":"ask","parms":{}}'],
    ["an id that is an object", '{"jsonrpc":"2.0","id":{},"method":"ask"}'],
    ["an id that may have been rounded", '{"jsonrpc":"2.0","id":12345678901234567890,"method":"ask"}'],
    ["an id that is not a number", '{"jsonrpc":"2.0","id":{"$num":"NaN"},"method":"ask"}'],
    ["an empty batch", "[]"],
  ])("%s is answered with -32600", (_name, line) => {
    const answer = connect(registry).line(line);
    expect(answer).toMatchObject({ jsonrpc: "2.0", error: { code: -32600, data: { code: "invalidRequest" } } });
    expect(answer.id).toBe(line.includes('"id":1,') || line.includes('"id":1}') ? 1 : null);
  });
});

describe("a line that is not JSON", () => {
  test.each([
    ["words", "hello", "malformedJson"],
    ["half a message", '{"jsonrpc":"2.0","id":1,"method":"strat', "malformedJson"],
    ["two messages", '{"jsonrpc":"2.0","id":1,"method":"best"} {"jsonrpc":"2.0","id":2,"method":"best"}', "malformedJson"],
    ["Python's NaN", '{"jsonrpc":"2.0","id":1,"method":"tell","params":{"job":0,"values":[NaN]}}', "malformedJson"],
    ["a number beyond the doubles", '{"jsonrpc":"2.0","id":1,"method":"tell","params":{"job":0,"values":[1e999]}}', "numberOverflow"],
    ["a byte order mark", '\ufeff{"jsonrpc":"2.0","id":1,"method":"best"}', "malformedJson"],
    ["a key twice", '{"jsonrpc":"2.0","id":1,"id":2,"method":"best"}', "repeatedKey"],
    ["__proto__", '{"jsonrpc":"2.0","id":1,"method":"best","params":{"__proto__":{"polluted":true}}}', "reservedKey"],
    ["a forged number", '{"jsonrpc":"2.0","id":1,"method":"ask","params":{"want":{"$num":"7"}}}', "forgedNumber"],
    ["a bottomless list", "[".repeat(100_000), "tooDeep"],
  ])("%s is answered with -32700 and id null", (_name, line, code) => {
    expect(connect(registry).line(line)).toMatchObject({ jsonrpc: "2.0", id: null, error: { code: -32700, data: { code } } });
    expect("polluted" in {}).toBe(false);
  });
});

describe("ids", () => {
  test.each([1, 0, -7, 1.5, "one", "", "日本", null])("%j comes back as it went", (id) => {
    expect(connect(registry).line(JSON.stringify({ jsonrpc: "2.0", id, method: "strategies" })).id).toBe(id);
  });
});

describe("notifications", () => {
  const open = '{"jsonrpc":"2.0","method":"open","params":{"protocol":1,"seed":1,"strategy":{"name":"uniform"},"problem":{"space":[]}}}';

  test("take effect and get no answer, not even when they are refused", () => {
    const client = connect(registry);
    expect(client.line(open)).toBeNull();
    expect(client.line('{"jsonrpc":"2.0","method":"ask"}')).toBeNull();
    expect(client.line('{"jsonrpc":"2.0","method":"nothing"}')).toBeNull();
    expect(client.line('{"jsonrpc":"2.0","method":"tell","params":{"job":0,"values":[1]}}')).toBeNull();
    expect(client.call("best").front).toEqual([{ trial: 0, config: {}, values: [1] }]);
  });

  test("a batch of them gets no answer either", () => {
    expect(connect(registry).line(`[${open},{"jsonrpc":"2.0","method":"ask"}]`)).toBeNull();
  });
});

test("a batch is answered request by request, good and bad", () => {
  const answers = connect(registry).line(
    '[{"jsonrpc":"2.0","id":"a","method":"strategies"},1,{"foo":"boo"},{"jsonrpc":"2.0","method":"ask"},[],{"jsonrpc":"2.0","id":"b","method":"foo.get"}]',
  );
  expect(answers.map(({ id, error }: { id: unknown; error?: { code: number } }) => [id, error?.code])).toEqual([
    ["a", undefined],
    [null, -32600],
    [null, -32600],
    [null, -32600],
    ["b", -32601],
  ]);
});
