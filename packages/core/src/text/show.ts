/** A value as it would be written, cut short. */
export function show(value: unknown): string {
  const text =
    typeof value === "string"
      ? JSON.stringify(value)
      : typeof value === "object" && value !== null
        ? Array.isArray(value)
          ? `a list of ${value.length}`
          : "an object"
        : `${String(value)}${typeof value === "bigint" ? "n" : ""}`;
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
