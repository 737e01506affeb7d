/** Members of a generation: which of them have ended, and how they rank. */
import type { History, Measurement, TrialId } from "@caviar-hpo/core";
import { rankTrials, violationOf } from "@caviar-hpo/core/contract";
import { progressOf } from "../differentialEvolution/population.ts";
import type { Genotype } from "./layout.ts";
import type { Ranked } from "./run.ts";
import type { Merit } from "./stopping.ts";

/** `generation` is the one that sampled the member. The member is judged by its measurement at `fidelity`. */
export type Member = Genotype & {
  readonly trial: TrialId;
  readonly fidelity: number;
  readonly generation: number;
  readonly isForeign: boolean;
  readonly isRepeat: boolean;
};

/** The members whose trials have a measurement or have failed, and those that still run. A lost trial is in neither list. */
export function endedAndOpen(
  members: readonly Member[],
  history: History,
  lost: readonly TrialId[],
): { readonly ended: readonly Member[]; readonly open: readonly Member[] } {
  const [ended, open]: [Member[], Member[]] = [[], []];
  for (const member of members) {
    const progress = progressOf(member, history);
    if (progress === "waits") open.push(member);
    else if (progress === "measured" || !lost.includes(member.trial)) ended.push(member);
  }
  return { ended, open };
}

/** Best first, by the order of trials. So failed members are the last, and the earlier trial wins a tie. */
export function ranked(members: readonly Member[], history: History, generation: number): readonly Ranked[] {
  const contestants = members.map((member) => ({ trial: member.trial, measurement: measurementOf(member, history), member }));
  return rankTrials(contestants).map(({ member, measurement }) => ({
    ...member,
    merit: meritOf(measurement),
    isForeign: member.isForeign || member.generation < generation,
  }));
}

/** A measurement of null is that of a failed trial. */
export function meritOf(measurement: Measurement | null): Merit {
  return measurement === null ? [Number.MAX_VALUE, 0] : [violationOf(measurement), measurement.values[0]!];
}

/** The measurement at the fidelity of the member, or the last one below it. Null if the member failed. */
function measurementOf(member: Member, history: History): Measurement | null {
  if (progressOf(member, history) === "gone") return null;
  const { curve } = history.trials[member.trial]!;
  return curve.filter(({ fidelity }) => fidelity <= member.fidelity).at(-1) ?? curve[0]!;
}
