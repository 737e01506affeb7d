import { CaviarError } from "@caviar-hpo/core";
import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { linesOf } from "./lines.ts";

async function* chunks(...parts: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === "string" ? Buffer.from(part) : part;
}

/** Lines as they are, errors by code. */
async function read(input: AsyncIterable<Uint8Array>, mostBytes = 100): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const line of linesOf(input, mostBytes)) lines.push(line instanceof CaviarError ? `<${line.code}>` : line);
  return lines;
}

describe("lines", () => {
  test("are complete however the bytes are cut", async () => {
    expect(await read(chunks("a\nb", "c", "\n", "\n", "d\ne\nf\n"))).toEqual(["a", "bc", "", "d", "e", "f"]);
  });

  test("need no line feed at the end of the input", async () => {
    expect(await read(chunks("a\nb"))).toEqual(["a", "b"]);
    expect(await read(chunks())).toEqual([]);
  });

  test("keep a carriage return, a byte order mark and a NUL: the reader of the line judges them", async () => {
    expect(await read(chunks("\ufeffa\r\n\0\n"))).toEqual(["\ufeffa\r", "\0"]);
  });

  property.prop([
    fc.array(
      fc.string({ unit: "binary", maxLength: 12 }).map((text) => text.replaceAll("\n", "")),
      { maxLength: 8 },
    ),
    fc.infiniteStream(fc.integer({ min: 1, max: 5 })),
  ])("of any text survive any cut, also through the middle of a character", async (texts, sizes) => {
    const wellFormed = texts.map((text) => Buffer.from(text).toString());
    const bytes = Buffer.from(wellFormed.map((text) => `${text}\n`).join(""));
    const parts: Uint8Array[] = [];
    for (let from = 0; from < bytes.length; ) {
      const size = sizes.next().value ?? 1;
      parts.push(bytes.subarray(from, from + size));
      from += size;
    }
    expect(await read(chunks(...parts))).toEqual(wellFormed);
  });

  test("that are not UTF-8 are refused, and the next is read", async () => {
    for (const bad of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf0, 0x9f, 0x90], [0xf5, 0x80, 0x80, 0x80]])
      expect(await read(chunks("a\n", Uint8Array.from([...bad, 0x0a]), "b\n"))).toEqual(["a", "<notUtf8>", "b"]);
  });

  test("are measured in UTF-16 units, as the limit is, and not in bytes", async () => {
    for (const [character, units] of [
      ["x", 1],
      ["é", 1],
      ["日", 1],
      ["🐼", 2],
    ] as const) {
      const most = character.repeat(100 / units);
      expect(await read(chunks(`${most}\n${most}x\n${most}`, "x"))).toEqual([most, "<tooLong>", "<tooLong>"]);
    }
  });

  test("of bytes that are not UTF-8 are refused once, and skipped to their end", async () => {
    const bad = Uint8Array.of(0xff);
    expect(await read(chunks("a", bad, "b", bad, "x".repeat(200), "\nc\n"))).toEqual(["<notUtf8>", "c"]);
    expect(await read(chunks("a\n", Uint8Array.of(0xc3)))).toEqual(["a", "<notUtf8>"]);
  });

  test("that are too long are refused once, at once, and skipped to their end", async () => {
    expect(await read(chunks(`${"x".repeat(100)}\n`, "y".repeat(101), "y".repeat(500), "\nz\n"))).toEqual([
      "x".repeat(100),
      "<tooLong>",
      "z",
    ]);
    expect(await read(chunks(`${"x".repeat(101)}\nz\n${"y".repeat(300)}`))).toEqual(["<tooLong>", "z", "<tooLong>"]);
    const early = linesOf(
      (async function* () {
        yield Buffer.from("x".repeat(101));
        throw new Error("was read on");
      })(),
      100,
    );
    expect((await early.next()).value).toBeInstanceOf(CaviarError);
  });
});
