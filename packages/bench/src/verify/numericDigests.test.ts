import { expect, it } from "vitest";
import { numericDigests } from "./numericDigests.ts";

it("the digest of Caviar's own functions is the same on every engine", () => {
  expect(numericDigests().caviar).toBe("a528a5e58b804fd95298a0ee3569201b2a3d721dda9fac46f5a5ffe35774d944");
});

it("the digest of the engine's Math is another one, and the same each time", () => {
  const { caviar, math } = numericDigests();
  expect(math).toMatch(/^[0-9a-f]{64}$/);
  expect(math).not.toBe(caviar);
  expect(numericDigests()).toEqual({ caviar, math });
});
