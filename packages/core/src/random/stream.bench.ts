/** How long it takes to make a stream; the goal is half a microsecond, derivation included. */
import { bench, describe } from "vitest";
import { derive, root } from "./key.ts";
import { stream } from "./stream.ts";

const key = root("bench");
let index = 0;

describe("one stream", () => {
  bench("stream(key)", () => {
    stream(key);
  });
  bench("stream(derive(key, index)), one uniform", () => {
    stream(derive(key, index++)).uniform();
  });
});
