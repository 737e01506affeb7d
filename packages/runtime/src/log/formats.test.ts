/** Later versions open the studies of every released format, or say why not. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { extendedModel, extendedSubjects, folder, lightSubjects, modelSubjects, open, optionsOf } from "../../testing/durableRun.ts";
import { emptyDisk, faultyDisk, withFiles } from "../testing/faultyDisk.ts";
import { readStudyOn } from "./readStudy.ts";

const formats = fileURLToPath(new URL("../../testing/formats/", import.meta.url));
const studies = ["1", "2"].flatMap((format) => readdirSync(join(formats, format)).map((name) => [format, name] as const));

/** Studies that are refused since their strategy's version was raised, each with what has changed. */
const superseded: { readonly [study: string]: string } = {
  "1 tpe": "a hash orders equal centres of the kernels",
  "2 tpe-extended": "a hash orders equal centres of the kernels",
};
const isCurrent = ([format, name]: readonly [string, string]): boolean => !(`${format} ${name}` in superseded);

const subjectOf = (name: string) =>
  [...lightSubjects, ...modelSubjects, ...extendedSubjects, extendedModel].find((one) => one.name.replace(", ", "-") === name)!;

it.each(studies.filter(isCurrent))(
  "a study of format %s over %s opens, with its snapshot and without it, and continues as it would have then",
  async (format, name) => {
    const source = join(formats, format, name);
    const subject = subjectOf(name);
    const { "next.json": next, ...files } = Object.fromEntries(readdirSync(source).map((file) => [file, readFileSync(join(source, file))]));
    for (const snapshots of [true, false]) {
      const kept = Object.entries(files).filter(([file]) => snapshots || !file.startsWith("snapshot-"));
      const disk = faultyDisk(withFiles(emptyDisk, Object.fromEntries(kept.map(([file, bytes]) => [join(folder, file), bytes!]))));
      const codes: string[] = [];
      const study = await open(disk, { ...optionsOf(subject), onNotice: ({ code }) => codes.push(code) });
      expect(readStudyOn(disk, folder).trials).toEqual(study.trials());
      expect(study.ask({ want: 5 })).toEqual(JSON.parse(next!.toString()));
      expect(codes).toEqual([]);
    }
  },
);

it.each(studies.filter((study) => !isCurrent(study)))(
  "a study of format %s over %s is refused, because its strategy decides otherwise now, and can still be read",
  async (format, name) => {
    const source = join(formats, format, name);
    const files = readdirSync(source).filter((file) => file !== "next.json");
    const disk = faultyDisk(
      withFiles(emptyDisk, Object.fromEntries(files.map((file) => [join(folder, file), readFileSync(join(source, file))]))),
    );
    await expect(open(disk, optionsOf(subjectOf(name)))).rejects.toMatchObject({
      code: "otherStudy",
      expected: expect.stringContaining("strategy.version"),
    });
    expect(readStudyOn(disk, folder).trials.length).toBeGreaterThan(0);
  },
);

it("there are studies of a strategy for each kind of decision, and from format 2 on with every kind of record", () => {
  expect(studies.map(([format, name]) => `${format} ${name}`)).toEqual([
    "1 hyperband",
    "1 sobol",
    "1 tpe",
    "2 hyperband",
    "2 random-extended",
    "2 sobol",
    "2 tpe-extended",
  ]);
  const logs = readdirSync(join(formats, "2")).map((name) => readFileSync(join(formats, "2", name, "log"), "utf8"));
  const kinds = new Set(
    logs
      .join("")
      .match(/ \{"kind":"[a-z]+"/g)!
      .map((start) => start.slice(10, -1)),
  );
  expect([...kinds].sort()).toEqual(["annotated", "asked", "assigned", "ended", "enqueued", "extended", "failed", "observed", "told"]);
});
