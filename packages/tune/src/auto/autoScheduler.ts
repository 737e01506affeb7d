/**
 * The scheduler of `auto`. Without a fidelity, every trial trains to the end. With one, trials train in the brackets of Hyperband, and idle
 * workers begin the next bracket. If the first rung is full before any trial has reported, there are more workers than it has places. Then
 * ASHA follows, whose promotions wait for no rung. Its lowest rung is the same, so the trials that run there stay where they are.
 */
import { complete, type Fidelity, type Json, type Key, type Scheduler, type SchedulerCard, type TrialId } from "@caviar-hpo/core";
import type { Move } from "@caviar-hpo/core/contract";
import { asha, hyperband, hyperbandCard } from "@caviar-hpo/hyperband";

/** `training`: which scheduler decides. `first`: the trials that have started, until the first report; null after that. */
export type AutoSchedulerState = { readonly key: Key; training: TrainingMode; inner: Json; first: TrialId[] | null };

type TrainingMode = "complete" | "hyperband" | "asha";

const schedulers: Readonly<Record<TrainingMode, Scheduler>> = { complete, hyperband: hyperband({ overlap: true }), asha: asha() };

/** Makes the scheduler. It has no options. */
export function autoScheduler(): Scheduler<AutoSchedulerState> {
  return {
    name: "auto",
    version: schedulers.hyperband.version + schedulers.asha.version,
    init: (fidelity, key) => {
      const training = fidelity.min === fidelity.max ? "complete" : "hyperband";
      return { key, training, inner: schedulers[training].init(fidelity, key), first: training === "hyperband" ? [] : null };
    },
    leastTrials: (fidelity) => (fidelity.min === fidelity.max ? null : (schedulers.hyperband.leastTrials?.(fidelity) ?? null)),
    rungs: ({ training, inner }) => schedulers[training].rungs(inner),
    next: (state, context, open, prefer) => {
      const nextOf = ({ training, inner }: AutoSchedulerState): Move => schedulers[training].next(inner, context, open, prefer);
      let move = nextOf(state);
      if (move.kind === "fill" && state.first !== null && move.slot.bracket > 0) {
        followByAsha(state, state.first, context.problem.fidelity!);
        move = nextOf(state);
      }
      return move.kind === "fill" && state.training !== "complete" ? { ...move, slot: { ...move.slot, by: state.training } } : move;
    },
    filled: (state, slot, trial) => {
      state.first?.push(trial);
      schedulers[state.training].filled(state.inner, slot, trial);
    },
    tell: (state, context, report) => {
      state.first = null;
      return schedulers[state.training].tell(state.inner, context, report);
    },
  };
}

export const autoSchedulerCard: SchedulerCard = {
  name: "auto",
  doc: "Hyperband, or ASHA for many workers. Every trial trains to the end if there is no fidelity.",
  options: {},
  needs: [],
  dependsOn: "order",
  cheap: {},
  scheduler: autoScheduler,
  describePlan: (fidelity) => hyperbandCard.describePlan!(fidelity, {}),
};

function followByAsha(state: AutoSchedulerState, first: readonly TrialId[], fidelity: Fidelity): void {
  const { asha } = schedulers;
  state.training = "asha";
  state.inner = asha.init(fidelity, state.key);
  state.first = null;
  const [until] = asha.rungs(state.inner);
  for (const trial of first) asha.filled(state.inner, { until: until!, bracket: 0, rung: 0, below: [] }, trial);
}
