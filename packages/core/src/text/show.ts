/** A value as text for a message: as one would write it in a program, shortened if it is long. */
export function show(value: unknown): string {
  const text = textOf(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

function textOf(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  try {
    if (typeof value === "object" && value !== null) return Array.isArray(value) ? `a list of ${value.length}` : objectText(value);
    return `${String(value)}${typeof value === "bigint" ? "n" : ""}`;
  } catch {
    // A proxy may throw whenever it is looked at, and a function may have a `toString` of its own.
    return `a ${typeof value} that cannot be read`;
  }
}

/** Only a plain object is just an object: of others, such as a `Map`, the class says what went wrong. */
function objectText(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || Object.getPrototypeOf(prototype) === null) return "an object";
  const name: unknown = (value as { readonly constructor?: { readonly name?: unknown } }).constructor?.name;
  return typeof name === "string" && name !== "Object" ? `an object of class ${name}` : "an object with inherited members";
}
