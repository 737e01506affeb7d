/** How far a training is, and the sums of its current epoch: what a checkpoint keeps in addition to arrays. */
export type TrainingProgress = {
  /** Completed. */
  epochs: number;
  /** Taken, over all epochs. */
  steps: number;
  /** Mini-batches of the present epoch that are done. */
  batch: number;
  /** Over the present epoch's examples so far. */
  lossSum: number;
  /** Mini-batches of one example in the present epoch so far. */
  batchesOfOne: number;
  diverged: boolean;
};

export function beginning(): TrainingProgress {
  return { epochs: 0, steps: 0, batch: 0, lossSum: 0, batchesOfOne: 0, diverged: false };
}

export function countersOf({ epochs, steps, batch, lossSum, batchesOfOne, diverged }: TrainingProgress): Float64Array {
  return Float64Array.of(epochs, steps, batch, lossSum, batchesOfOne, diverged ? 1 : 0);
}

export function progressOf(counters: Float64Array): TrainingProgress {
  const [epochs, steps, batch, lossSum, batchesOfOne, diverged] = counters as unknown as readonly [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return { epochs, steps, batch, lossSum, batchesOfOne, diverged: diverged === 1 };
}
