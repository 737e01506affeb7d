/** A study that is written as an Optuna journal and read again is the same study. */
import type { Measurement } from "@caviar-hpo/core";
import { encodeProblem } from "@caviar-hpo/core/wire";
import fc from "fast-check";
import { expect, test } from "vitest";
import { drawnStudies } from "../../../testing/drawnStudy.ts";
import type { ExportedTrial } from "../exportedStudy.ts";
import { optunaJournal } from "./journal.ts";
import { type ImportedTrial, readOptunaJournal } from "./readJournal.ts";

test("export, then import: the same problem, configurations, measurements, statuses, failures and annotations, whether or not the problem is given", () => {
  fc.assert(
    fc.property(drawnStudies(8), (study) => {
      const read = readOptunaJournal(optunaJournal(study));
      expect(read.leftOut).toEqual([]);
      expect(read.name).toBe(study.name);
      expect(encodeProblem(read.problem)).toEqual(encodeProblem(study.problem));
      expect(read.trials.map(comparable)).toEqual(study.trials.map(expected));
      const again = readOptunaJournal(optunaJournal(study), { problem: study.problem });
      expect(again.trials).toEqual(read.trials);
    }),
  );
});

test("a journal is ASCII without control characters, apart from line ends", () => {
  fc.assert(
    fc.property(drawnStudies(4), (study) => {
      expect(optunaJournal(study)).toMatch(/^[\n -~]*$/);
    }),
  );
});

function comparable({ config, status, curve, failure, annotations }: ImportedTrial) {
  return { config, status, curve: curve.map((told) => ({ constraints: [], costSeconds: 0, ...told })), failure, annotations };
}

function expected({ config, status, curve, failure, annotations = {} }: ExportedTrial) {
  return { config, status, curve: curve.map(withoutMilestone), failure, annotations };
}

function withoutMilestone({ atMilestone: _, ...told }: Measurement) {
  return told;
}
