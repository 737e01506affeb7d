import { expect, it } from "vitest";
import { decodeBase64 } from "./base64.ts";

// RFC 4648, section 10.
it.each([
  ["", ""],
  ["Zg==", "f"],
  ["Zm8=", "fo"],
  ["Zm9v", "foo"],
  ["Zm9vYg==", "foob"],
  ["Zm9vYmE=", "fooba"],
  ["Zm9vYmFy", "foobar"],
])("%s is %s, as in the RFC's examples", (text, word) => {
  expect(String.fromCharCode(...decodeBase64(text))).toBe(word);
});

it("every byte is decoded at every position", () => {
  for (let offset = 0; offset < 3; offset++) {
    const bytes = Array.from({ length: 256 + offset }, (_, i) => (i - offset) & 255);
    expect([...decodeBase64(btoa(String.fromCharCode(...bytes)))]).toEqual(bytes);
  }
});
