/**
 * Text without control characters. Names come from users and from result folders of other people, so every renderer treats them as text.
 * `visible` replaces the control characters first. Then each renderer escapes the text for its own form.
 */

/**
 * C0 controls and DEL become their pictures U+2400…, C1 controls, lone surrogates and the noncharacters U+FFFE and U+FFFF (which XML
 * forbids) become U+FFFD. All other text is returned unchanged.
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

/** A character as its code, `<U+202E>`, because no form can show the character itself safely. */
export function codeName(character: string): string {
  return `<U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}>`;
}
