/**
 * The expected running time to a target: all that the runs spend until they are at the target, or until they end, divided by the number of
 * runs that get there (Hansen, Auger, Ros, Mersmann, Tusar and Brockhoff 2021, "COCO", section 4.4). It is what a search costs on average
 * that starts again until it succeeds. If all runs succeed, it is the mean of their times.
 */

/**
 * @param times when each run is first at the target; Infinity if it never is
 * @param ends what each run spent
 * @returns Infinity if no run gets there
 */
export function expectedRunningTime(times: Float64Array, ends: Float64Array): number {
  let spent = 0;
  let successes = 0;
  times.forEach((time, run) => {
    if (time === Infinity) {
      spent += ends[run]!;
    } else {
      spent += time;
      successes++;
    }
  });
  return successes === 0 ? Infinity : spent / successes;
}
