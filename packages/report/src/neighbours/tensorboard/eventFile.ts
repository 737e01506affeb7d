/**
 * Event files: TFRecord frames (tensorboard/summary/writer/record_writer.py) of `Event` messages (tensorboard/compat/proto/event.proto,
 * summary.proto). A frame is the length as eight bytes, the masked checksum of these, the message, and the masked checksum of the message.
 */
import { maskedCrc32c } from "./crc32c.ts";
import { type Bytes, concat, double, float, message, text, varint } from "./protobuf.ts";

/** What an event says, and when. `step` is a whole number, 0 or more. */
export type SummaryEvent = { readonly atMs: number; readonly step: number; readonly value: Bytes };

/** A number under a tag. TensorBoard keeps 32 bits of it. */
export function scalar(tag: string, value: number): Bytes {
  return concat([text(1, tag), float(2, value)]);
}

/** Data for a plugin under a tag, with the empty tensor that stands for no data (plugins/hparams/metadata.py, NULL_TENSOR). */
export function pluginData(tag: string, plugin: string, ...content: readonly Bytes[]): Bytes {
  const emptyTensor = concat([varint(1, 1), message(2, message(2))]);
  return concat([text(1, tag), message(8, emptyTensor), message(9, message(1, text(1, plugin), message(2, ...content)))]);
}

/** The file with these events, after its first one, which names the version. */
export function eventFile(events: readonly SummaryEvent[]): Bytes {
  const first = concat([double(1, (events[0]?.atMs ?? 0) / 1000), text(3, "brain.Event:2"), message(10, text(1, "caviar"))]);
  const others = events.map(({ atMs, step, value }) => concat([double(1, atMs / 1000), varint(2, step), message(5, message(1, value))]));
  return concat([first, ...others].map(frame));
}

function frame(data: Bytes): Bytes {
  const length = new Uint8Array(8);
  new DataView(length.buffer).setUint32(0, data.length, true);
  return concat([length, checksum(length), data, checksum(data)]);
}

function checksum(data: Bytes): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, maskedCrc32c(data), true);
  return bytes;
}
