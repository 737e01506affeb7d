/** Whatever a file or a line holds, it is read, or refused by an error that helps. The nightly test reads many more of them. */
import { ConfigError } from "@caviar-hpo/core";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { type FileReader, fileReaders, mutated, type Reading, readingOf, remove } from "./hostileFiles.ts";
import { dataMutation, hostileTexts } from "./mutations.ts";
import { globals } from "./poisoning.ts";

afterAll(remove);

const before = globals();
const changesPerReader = 600;

describe.each(fileReaders.map((reader) => [reader.name, reader] as const))("%s", (name, reader) => {
  it("is read where it is sound, also after its parts were taken apart and put together", () => {
    const { sound, open = JSON.parse, seal = JSON.stringify } = reader;
    for (const text of [...sound, ...sound.map((one) => seal(open(one)))]) expect(() => reader.read(text)).not.toThrow();
  });

  it.each(hostileTexts)("that is %s is refused by a typed error, or read", (_title, text) => {
    expect(readingOf(reader, text, before).fault).toBeNull();
  });

  it("that was changed in any place is refused by a typed error, or read", () => {
    let refused = 0;
    const property = fc.property(mutated(reader), (text) => {
      const reading = readingOf(reader, text, before);
      expect(reading.fault, text.slice(0, 500)).toBeNull();
      if (reading.refused) refused++;
    });
    fc.assert(property, { seed: 1, numRuns: changesPerReader });
    // A line that is refused has an answer, and the session lives.
    expect(refused > changesPerReader / 3).toBe(!name.startsWith("a line "));
  });
});

it("these are at least 70 texts by hand and 3,000 changes", () => {
  expect(hostileTexts.length * fileReaders.length).toBeGreaterThanOrEqual(70);
  expect(fileReaders.length * changesPerReader).toBeGreaterThanOrEqual(3000);
});

describe("a reader is caught that", () => {
  type Data = { readonly [key: string]: unknown };
  const sound = '{"name":"a","seeds":{"first":1,"count":3},"problems":["x","y"]}';
  const planted: readonly (readonly [name: string, read: FileReader["read"], finding: RegExp])[] = [
    ["trusts the shape of data", (text) => (JSON.parse(text) as { seeds: { count: number } }).seeds.count + 1, /TypeError/],
    ["lets the errors of JSON.parse through", (text) => void JSON.parse(text), /SyntaxError/],
    ["builds objects by assignment from deep data", (text) => merge({}, parsed(text)), /changed polluted/],
    ["quotes all that it was given", (text) => quoteAll(parsed(text)), /a message of \d+ characters/],
  ];

  function parsed(text: string): Data {
    try {
      return JSON.parse(text) as Data;
    } catch {
      return {};
    }
  }

  function merge(target: { [key: string]: unknown }, source: Data): void {
    for (const [key, value] of Object.entries(source ?? {}))
      if (typeof value === "object" && value !== null && typeof target[key] === "object") merge(target[key] as Data, value as Data);
      else target[key] = value;
  }

  function quoteAll(data: Data): void {
    if (typeof data.name !== "string") return;
    const refusal = { code: "badName", what: "name", expected: "a short one", got: data.name, remedy: "Shorten it." };
    if (data.name.length > 1) throw new ConfigError(refusal);
  }

  it.each(planted)("%s", (_name, read, finding) => {
    const faults: string[] = [];
    const note = ({ fault }: Reading): void => {
      if (fault !== null) faults.push(fault);
      delete (Object.prototype as { polluted?: number }).polluted;
    };
    const texts = fc.sample(
      dataMutation(JSON.parse(sound)).map((value) => JSON.stringify(value) ?? "null"),
      { seed: 1, numRuns: 200 },
    );
    for (const text of [...hostileTexts.map(([, one]) => one), ...texts]) note(readingOf({ read }, text, before));
    expect(faults.some((fault) => finding.test(fault))).toBe(true);
  });
});
