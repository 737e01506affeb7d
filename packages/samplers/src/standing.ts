/**
 * How adaptive samplers compare two measurements: feasible before infeasible, which go by how much they violate their constraints (Deb, CMAME
 * 2000); among feasible ones the further trained first, then the less value.
 */
import { isFeasible, type Measurement } from "@caviar-hpo/core";

/** Negative where `a` is better; 0 where neither is. */
export function compareMeasurements(a: Measurement, b: Measurement): number {
  const violations = compare(violationOf(a), violationOf(b));
  if (violations !== 0 || !isFeasible(a)) return violations;
  return b.fidelity - a.fidelity || compare(a.values[0]!, b.values[0]!);
}

/** By how much all constraints together are violated; 0 where feasible. */
function violationOf(measurement: Measurement): number {
  return measurement.constraints.reduce((sum, value) => sum + Math.max(0, value), 0);
}

/** Not by their difference, which may overflow, and which two infinite violations do not have. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
