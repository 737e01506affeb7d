/**
 * A priority queue of ids: least priority first, and among equals the least id, so that its order is total. A binary heap in two arrays of
 * numbers.
 */
export type Queue = {
  /** The first id; undefined where there is none. */
  first(): number | undefined;
  /** Of the first; meaningless where there is none. */
  priority(): number;
  push(priority: number, id: number): void;
  /** Takes the first away. */
  pop(): void;
};

export function createQueue(): Queue {
  const priorities: number[] = [];
  const ids: number[] = [];

  const precedes = (priority: number, id: number, at: number): boolean =>
    priority < priorities[at]! || (priority === priorities[at]! && id < ids[at]!);
  const place = (at: number, priority: number, id: number): void => {
    priorities[at] = priority;
    ids[at] = id;
  };

  return {
    first: () => ids[0],
    priority: () => priorities[0]!,
    push: (priority, id) => {
      let at = ids.length;
      place(at, priority, id);
      while (at > 0) {
        const above = (at - 1) >> 1;
        if (!precedes(priority, id, above)) break;
        place(at, priorities[above]!, ids[above]!);
        at = above;
      }
      place(at, priority, id);
    },
    pop: () => {
      const priority = priorities.pop()!;
      const id = ids.pop()!;
      const { length } = ids;
      if (length === 0) return;
      let at = 0;
      for (;;) {
        let below = 2 * at + 1;
        if (below >= length) break;
        if (below + 1 < length && precedes(priorities[below + 1]!, ids[below + 1]!, below)) below++;
        if (precedes(priority, id, below)) break;
        place(at, priorities[below]!, ids[below]!);
        at = below;
      }
      place(at, priority, id);
    },
  };
}
