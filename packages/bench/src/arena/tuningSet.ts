/** Whether a problem is in the declared tuning set (`benchmarks/tuning-set.json`): those on which defaults of strategies were chosen. */
import { tuningSet } from "./tuningSet.generated.ts";

/** @param id of the catalogue, with the number of the instance if the problem has one. */
export function isTuned(id: string): boolean {
  if (tuningSet.problems.includes(id)) return true;
  const [, family, number] = /^(.+)-f\d+-d\d+-i(\d+)$/.exec(id) ?? [];
  if (family !== undefined) return tuningSet.bbob.families.includes(family) && isIn(tuningSet.bbob.instances, Number(number));
  const [, rugged] = /^rugged-i(\d+)$/.exec(id) ?? [];
  return rugged !== undefined && isIn(tuningSet.rugged.instances, Number(rugged));
}

function isIn({ first, last }: { readonly first: number; readonly last: number }, number: number): boolean {
  return number >= first && number <= last;
}
