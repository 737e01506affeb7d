/** Whether a problem is in the declared tuning set (`benchmarks/tuning-set.json`): those on which defaults of strategies were chosen. */
import { tuningSet } from "./tuningSet.generated.ts";

/** @param id of the catalogue, with the number of the instance if the problem has one. */
export function isTuned(id: string): boolean {
  if (tuningSet.problems.includes(id)) return true;
  const [, family, instance] = /^(.+)-f\d+-d\d+-i(\d+)$/.exec(id) ?? [];
  const { families, instances } = tuningSet.bbob;
  return family !== undefined && families.includes(family) && Number(instance) >= instances.first && Number(instance) <= instances.last;
}
