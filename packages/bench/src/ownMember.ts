/** Kinds of data are told apart by a member of their own. Members that an object inherits say nothing about it. */

/** The test of `union` for the kind that has this member. */
export function hasKey(key: string): (value: unknown) => boolean {
  return (value) => typeof value === "object" && value !== null && Object.hasOwn(value, key);
}

/** Whether a part is of the kind that has this member of its own. */
export function isWith<T extends object, K extends string>(part: T, key: K): part is Extract<T, { readonly [P in K]: unknown }> {
  return Object.hasOwn(part, key);
}
