/** A text as a part of a file name or an address: lower-case letters, digits and single hyphens between them. It may be empty. */
export function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}
