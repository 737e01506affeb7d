import { decodeProblem, encodeProblem, parseWire } from "@caviar-hpo/core/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import { drawnStudies } from "../../testing/drawnStudy.ts";
import { studyJson } from "./studyJson.ts";

test("every drawn study is JSON that has all of it", () => {
  fc.assert(
    fc.property(drawnStudies(6), (study) => {
      const text = studyJson(study);
      expect(JSON.parse(text)).toMatchObject({ format: "caviar study", version: 1 });
      const read = parseWire(text) as { readonly [key: string]: unknown };
      expect(Object.keys(read)).toEqual(["format", "version", "name", "seed", "strategy", "annotations", "problem", "trials"]);
      expect(read).toMatchObject({ name: study.name, seed: study.seed, strategy: study.strategy, annotations: {} });
      expect(encodeProblem(decodeProblem(read.problem))).toEqual(encodeProblem(study.problem));
      const unknown = { startedAtMs: null, endedAtMs: null, durationSeconds: null, worker: null, annotations: {} };
      expect(read.trials).toEqual(study.trials.map((trial) => ({ ...unknown, ...trial })));
    }),
  );
});

test("a trial is one line", () => {
  fc.assert(
    fc.property(drawnStudies(6), (study) => {
      expect(studyJson(study).split("\n")).toHaveLength(study.trials.length + 12);
    }),
  );
});
