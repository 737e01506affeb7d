/** The kernels against the plain operations rounded by Math.fround, to the bit, whatever the sizes and the numbers. */

import { assert, constantFrom, integer, nat, property, record } from "fast-check";
import { describe, it } from "vitest";
import { type NetworkCase, networkCases } from "../../testing/networkCases.ts";
import { differenceFromPlain, roomFor } from "../../testing/networkTwins.ts";

const room = roomFor(70);
const call = record({
  m: nat(70),
  k: nat(70),
  n: nat(70),
  seed: nat(1e6),
  share: constantFrom(0, 0.01, 0.3),
  offset: integer({ min: 0, max: 3 }),
});

describe("in the kernel as in plain JavaScript, to the bit:", () => {
  it.each(networkCases)("$name", (one: NetworkCase) => {
    assert(property(call, (drawn) => differenceFromPlain(room, one, drawn, drawn) === ""));
  });
});
