/**
 * Tasks by name, for plans and command lines. A name is data and a space, such as `digits-course`. All random draws have fixed keys, so a
 * name means the same rows everywhere. Real digits need the package `mnist`; the other data need no package.
 */
import { ConfigError, derive, root } from "@caviar-hpo/core";
import { didYouMean, show } from "@caviar-hpo/core/text";
import { loadDigits } from "../data/digits.ts";
import { moons } from "../data/moons.ts";
import { spirals } from "../data/spirals.ts";
import { type Split, split } from "../data/split.ts";
import { teacherClasses } from "../data/teacher.ts";
import { courseAdamTask, courseTask } from "./courseTask.ts";
import { hpobenchTask } from "./hpobenchTask.ts";
import { lcbenchTask } from "./lcbenchTask.ts";
import type { Task } from "./task.ts";

const key = derive(root("task"), "data");

/** Rows for training, validation and test. The digits stand in a shuffled order already, so they are taken as they stand. */
const data: { readonly [name: string]: () => Promise<Split> } = {
  digits: async () => split(await loadDigits({ size: 14 }), { train: 2000, validation: 2000, test: 5000 }, null),
  "digits-28": async () => split(await loadDigits({ size: 28 }), { train: 2000, validation: 2000, test: 5000 }, null),
  moons: async () => split(moons({ n: 3000, noise: 0.25 }, derive(key, "moons")), { train: 500, validation: 1000, test: 1500 }, null),
  spirals: async () =>
    split(
      spirals({ n: 3500, arms: 3, turns: 1, noise: 0.05 }, derive(key, "spirals")),
      { train: 1000, validation: 1000, test: 1500 },
      null,
    ),
  teacher: async () =>
    split(
      teacherClasses({ n: 4500, d: 20, hidden: 10, classes: 5, flipRate: 0.1 }, derive(key, "teacher")),
      { train: 1500, validation: 1500, test: 1500 },
      null,
    ),
};

const spaces: { readonly [name: string]: (data: Split) => Task } = {
  course: (rows) => courseTask(rows),
  "course-adam": (rows) => courseAdamTask(rows),
  lcbench: lcbenchTask,
  hpobench: hpobenchTask,
};

/**
 * The names `<data>-<space>`. Data: digits (14 x 14), digits-28, moons, spirals and teacher. Spaces: course, course-adam, lcbench and
 * hpobench.
 */
export const taskNames: readonly string[] = Object.keys(data).flatMap((rows) => Object.keys(spaces).map((space) => `${rows}-${space}`));

/**
 * Loads the task with this name.
 *
 * @throws ConfigError for an unknown name. Also for digits if the package `mnist` is not installed; the message says how to install it.
 */
export async function loadTask(name: string): Promise<Task> {
  for (const [rows, load] of Object.entries(data)) {
    for (const [space, make] of Object.entries(spaces)) {
      if (name === `${rows}-${space}`) return make(await load());
    }
  }
  throw new ConfigError({
    code: "unknownTask",
    what: "task",
    expected: `one of ${taskNames.join(", ")}`,
    got: show(name),
    remedy: didYouMean(name, taskNames),
  });
}
