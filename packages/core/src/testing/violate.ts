/** How a law says that it is broken. */
import { ProtocolError } from "../contract/errors.ts";
import { sameJson } from "../contract/sameJson.ts";

export function violate(expected: string, got: string): never {
  throw new ProtocolError({ code: "brokenLaw", what: "strategy", expected, got, remedy: "See docs/laws.md." });
}

/** @throws ProtocolError naming the first entry in which two lists of plain data differ. */
export function demandSame(what: string, expected: readonly unknown[], got: readonly unknown[]): void {
  const length = Math.max(expected.length, got.length);
  for (let index = 0; index < length; index++) {
    if (sameJson(expected[index], got[index])) continue;
    violate(`${what} ${index} as ${text(expected[index])}`, text(got[index]));
  }
}

function text(value: unknown): string {
  return value === undefined ? "nothing" : cut(JSON.stringify(value));
}

function cut(json: string): string {
  return json.length > 1000 ? `${json.slice(0, 1000)}...` : json;
}
