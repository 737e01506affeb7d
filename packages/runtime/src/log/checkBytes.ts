/** The checkpoints of durable studies and of workers are bytes. */
import { ConfigError } from "@caviar-hpo/core";
import { show } from "@caviar-hpo/core/text";

/** The checkpoint itself. @throws ConfigError if it is not bytes. */
export function checkBytes(checkpoint: unknown): Uint8Array {
  if (checkpoint instanceof Uint8Array) return checkpoint;
  throw new ConfigError({
    code: "badCheckpoint",
    what: "checkpoint of save",
    expected: "bytes (a Uint8Array or a Buffer)",
    got: show(checkpoint),
    remedy: "Turn the model into bytes, for instance by Buffer.from(JSON.stringify(model)).",
  });
}
