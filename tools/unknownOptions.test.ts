/** No option is ignored because its name is misspelt: each function that takes a record of options refuses a name that it does not know. */
import { CaviarError } from "@caviar-hpo/core";
import { describe, expect, it } from "vitest";
import { optionCalls } from "./optionCalls.ts";
import { optionTakers, takersIn } from "./optionTakers.ts";
import { readWorkspace } from "./workspace.ts";

/** Functions whose options are not read by `core/read`, and why. */
const exempt: { readonly [name: string]: string } = {
  attended: "it passes the options on to `optimize`, which reads them",
  appendRows: "numerics depends on no other package; its callers are the optimiser's own",
  cholesky: "numerics depends on no other package; its callers are the optimiser's own",
  lbfgsb: "numerics depends on no other package; its callers are the optimiser's own",
  minimiseTogether: "numerics depends on no other package; its callers are the optimiser's own",
};

describe.each(readWorkspace().map((member) => [member.packageName, member] as const))("%s", (_name, member) => {
  it("has each function with options in the list of optionCalls.ts, or says why not", () => {
    expect(optionTakers(member).filter((name) => !Object.hasOwn(optionCalls, name) && !Object.hasOwn(exempt, name))).toEqual([]);
  });
});

it.each(Object.keys(optionCalls))("%s refuses an option that it does not know", async (name) => {
  let error: unknown = null;
  try {
    const { call, valid } = optionCalls[name]!;
    await call({ ...valid, optoin: 1 } as never);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(CaviarError);
  expect((error as CaviarError).got).toBe('"optoin"');
});

it("functions with options are found, also those whose options are written out in place", () => {
  const source = `
export function one(a: number, options: OneOptions = {}): void {}
export async function two<T extends (x: number) => void>(call: T, { a }: Pick<TwoOptions, "a">): Promise<void> {}
export function three(fn: (x: number) => void, options: { readonly a?: number } = {}): void {}
export function four(options: readonly string[]): FourOptions {}
function five(options: FiveOptions): void {}
`;
  expect(takersIn(source)).toEqual(["one", "three"]);
});
