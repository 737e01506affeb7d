const most = 60;

/** A value as text for a message: as one would write it in a program, shortened if it is long. */
export function show(value: unknown): string {
  return cut(textOf(value), most);
}

/** The beginning of a text with more than `length` UTF-16 units, and "..." after it. No character is cut in two. */
export function cut(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 3).replace(/[\ud800-\udbff]$/, "")}...` : text;
}

function textOf(value: unknown): string {
  // A text may be as long as a message: only its beginning is escaped.
  if (typeof value === "string") return JSON.stringify(value.slice(0, most));
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
  const { name } = value.constructor;
  return name === "Object" ? "an object with inherited members" : `an object of class ${name}`;
}
