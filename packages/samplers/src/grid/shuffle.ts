/**
 * A keyed permutation of 0 … size - 1 without a table: a Feistel network on the digits of a x b >= size, walked until it falls inside
 * (J. Black and P. Rogaway, "Ciphers with arbitrary finite domains", CT-RSA 2002, methods "generalised Feistel" and "cycle walking").
 */
import { derive, type Key } from "@caviar-hpo/core";

const rounds = 6;

/** @param size 1 to 2^52. */
export function shuffle(key: Key, size: number): (index: number) => number {
  const a = Math.ceil(Math.sqrt(size));
  const b = Math.ceil(size / a);
  const keys = Array.from({ length: rounds }, (_, round) => derive(key, "shuffle", round));

  const permute = (index: number): number => {
    let left = index % a;
    let right = Math.floor(index / a);
    for (let round = 0; round < rounds; round++) {
      const modulus = round % 2 === 0 ? a : b;
      const mixed = (left + (derive(keys[round]!, right)[0] % modulus)) % modulus;
      left = right;
      right = mixed;
    }
    return right * a + left;
  };

  return (index) => {
    let image = permute(index);
    while (image >= size) image = permute(image);
    return image;
  };
}
