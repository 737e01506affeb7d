/** The lines of a run's record between its head and its end: how they are read. */
import { limits } from "@caviar-hpo/core";
import { array, type Decoder, finite, keyed, map, named, nullable, number, object, scalar, union, whole } from "@caviar-hpo/core/read";
import type { EvaluationLine, TrainingLine } from "../arena/arena.ts";
import type { RecommendationLine, RecordLine } from "../run/transcript.ts";

/** Of format 2: any number. */
export const decodeLine: Decoder<RecordLine> = lineDecoder(number);

/** Of format 1, where null stands for every number that is not finite. */
export const decodeLineOfFormat1: Decoder<RecordLine> = lineDecoder(map(nullable(finite), (value) => value ?? NaN));

/** A line is known by a key that no other kind has. */
function lineDecoder(value: Decoder<number>): Decoder<RecordLine> {
  const x = array(nullable(scalar), limits.params);
  const evaluation: Decoder<EvaluationLine> = object(
    { x, value },
    { told: value, constraints: array(value, limits.constraints), recommended: nullable(object({ x, value })) },
  );
  const count = whole(0, Number.MAX_SAFE_INTEGER);
  const training: Decoder<TrainingLine> = object({
    trial: count,
    config: named(scalar, limits.params),
    fidelity: finite,
    resource: finite,
    told: value,
  });
  const recommendation: Decoder<RecommendationLine> = object({ from: finite, trial: count, fidelity: finite, value });
  return union("a line of a run", keyed("x", evaluation), keyed("config", training), keyed("from", recommendation));
}
