/**
 * Escaping, one function a sink. Names come from users and from strangers' result folders, so every page treats them as text: first
 * made visible (a control character becomes its Unicode picture, never a byte that a parser or a terminal obeys), then escaped for
 * where it goes. CSV follows the OWASP note on formula injection; the other sinks follow their own grammars.
 */

/**
 * Text without anything that acts: C0 controls and DEL become their pictures U+2400…, C1 controls, lone surrogates and the
 * noncharacters U+FFFE and U+FFFF (which XML forbids) become U+FFFD. All other text is returned unchanged.
 */
export function visible(text: string): string {
  let shown = "";
  for (const character of text) {
    const code = character.codePointAt(0)!;
    if (code < 0x20) shown += String.fromCharCode(0x2400 + code);
    else if (code === 0x7f) shown += "\u2421";
    else if ((code >= 0x80 && code < 0xa0) || (code >= 0xd800 && code <= 0xdfff) || code === 0xfffe || code === 0xffff) shown += "\ufffd";
    else shown += character;
  }
  return shown;
}

/** For HTML and SVG, both between tags and inside a double-quoted attribute. */
export function escapeMarkup(text: string): string {
  return visible(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/**
 * For running Markdown and for a cell of a GitHub table. Everything that could start emphasis, code, a link, a tag, an entity, a
 * formula or a column is escaped, and so is what GitHub turns into links by itself (`://`, `www.`, `@`). Markdown
 * cannot isolate the direction of a name, so marks that reorder text are written as their codes. Spaces at either end are kept out.
 */
export function escapeMarkdown(text: string): string {
  return visible(text)
    .replace(/[\u2028\u2029]/g, "\ufffd")
    .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, codeName)
    .replace(/[\\`*_[\](){}<>#|~!$:&]/g, (character) => `\\${character}`)
    .replace(/@/g, "&#64;")
    .replace(/www\./gi, (start) => `${start.slice(0, 3)}\\.`)
    .trim();
}

/** One CSV cell, quoted as in RFC 4180. Text that a spreadsheet would run as a formula gets an apostrophe in front. */
export function escapeCsv(text: string): string {
  const shown = visible(text);
  const safe = /^[\s\u2400-\u2421]*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(shown) ? `'${shown}` : shown;
  return /[",;\s]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** For a terminal: besides control characters, whatever reorders or hides text is written as its code. */
export function escapeTerminal(text: string): string {
  return visible(text).replace(/[\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g, codeName);
}

function codeName(character: string): string {
  return `<U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}>`;
}

/** JSON that may also stand inside a page: no `<`, `>`, `&` and no separator that JavaScript once took for a line end. */
export function escapeJson(json: string): string {
  return json.replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** A piece of a file name: lower-case letters, digits and single hyphens, at most 40; may be empty. */
export function fileNamePart(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, 40)
    .replace(/^-+|-+$/g, "");
}
