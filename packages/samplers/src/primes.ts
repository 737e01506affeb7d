/** The primes below 2^16, by the sieve of Eratosthenes. */

/** How many there are. */
export const primeCount = 6542;

/** The first `count` primes, at most `primeCount` of them. */
export function firstPrimes(count: number): Uint16Array {
  const primes = new Uint16Array(count);
  const composite = new Uint8Array(0x10000);
  let found = 0;
  for (let candidate = 2; found < count; candidate++) {
    if (composite[candidate] === 1) continue;
    primes[found] = candidate;
    found++;
    for (let multiple = candidate * candidate; multiple < composite.length; multiple += candidate) composite[multiple] = 1;
  }
  return primes;
}
