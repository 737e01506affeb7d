/** WorkerSeats: the places of workers. A job sits in one until nothing of it is running. Each seat has slots of its own, such as GPUs. */
import { ConfigError } from "@caviar-hpo/core";

/** Whole numbers of things that jobs must not share, by name: `{ gpu: 4 }`. */
export type WorkerSlots = { readonly [name: string]: number };

export type WorkerSeat = {
  /** From 0. */
  readonly index: number;
  /** What a worker in this seat gets in its environment: `CAVIAR_SLOT_GPU=0,1` and `CUDA_VISIBLE_DEVICES=0,1`. */
  readonly environment: { readonly [name: string]: string };
};

export type WorkerSeats = {
  readonly all: readonly WorkerSeat[];
  /** The next free seat. */
  take(): Promise<WorkerSeat>;
  free(seat: WorkerSeat): void;
};

/**
 * Each seat gets the same number of slots of each kind.
 *
 * @throws ConfigError if a kind has fewer slots than there are seats.
 */
export function seatsOf(workers: number, slots: WorkerSlots = {}): WorkerSeats {
  const all = Array.from({ length: workers }, (_, index): WorkerSeat => ({ index, environment: environmentOf(index, workers, slots) }));
  const vacant = [...all];
  const waiting: ((seat: WorkerSeat) => void)[] = [];
  return {
    all,
    take: async () => vacant.shift() ?? new Promise((resolve) => waiting.push(resolve)),
    free: (seat) => {
      const next = waiting.shift();
      if (next === undefined) vacant.push(seat);
      else next(seat);
    },
  };
}

function environmentOf(index: number, workers: number, slots: WorkerSlots): WorkerSeat["environment"] {
  const environment: { [name: string]: string } = {};
  for (const [name, count] of Object.entries(slots)) {
    const share = Math.floor(count / workers);
    if (share < 1) tooFewSlots(name, count, workers);
    const own = Array.from({ length: share }, (_, slot) => index * share + slot).join(",");
    environment[`CAVIAR_SLOT_${name.replace(/[^A-Za-z0-9]/g, "_").toUpperCase()}`] = own;
    if (name === "gpu") environment.CUDA_VISIBLE_DEVICES = own;
  }
  return environment;
}

function tooFewSlots(name: string, count: number, workers: number): never {
  throw new ConfigError({
    code: "badOption",
    what: `option slots.${name} of optimize`,
    expected: `at least ${workers}, one for each worker`,
    got: String(count),
    remedy: "Use fewer workers.",
  });
}
