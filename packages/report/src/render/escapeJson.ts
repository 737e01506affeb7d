/** JSON that is also safe inside a page: without `<`, `>`, `&`, and without separators that old JavaScript read as line ends. */
export function escapeJson(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
