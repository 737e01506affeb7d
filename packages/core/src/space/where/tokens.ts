/** The words of an expression: numbers, names, quoted texts and signs, each with the place where it begins. */
export type Token =
  | { readonly kind: "number"; readonly text: string; readonly at: number }
  | { readonly kind: "name"; readonly text: string; readonly at: number }
  | { readonly kind: "text"; readonly text: string; readonly at: number }
  | { readonly kind: "sign"; readonly text: string; readonly at: number }
  | { readonly kind: "end"; readonly text: ""; readonly at: number };

const patterns: readonly (readonly [kind: "space" | "number" | "name" | "quoted" | "text" | "sign", pattern: RegExp])[] = [
  ["space", /\s+/y],
  ["number", /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y],
  ["name", /[\p{L}_$][\p{L}\p{N}_$]*/uy],
  ["quoted", /`([^`]+)`/y],
  ["text", /"([^"]*)"|'([^']*)'/y],
  ["sign", /<=|>=|==|!=|[-+*/^()<>,]/y],
];

/** The tokens in order, an `end` last; or the place of the first character that begins none. */
export function tokensOf(source: string): readonly Token[] | { readonly strayAt: number } {
  const tokens: Token[] = [];
  let at = 0;
  while (at < source.length) {
    const found = matchAt(source, at);
    if (found === null) return { strayAt: at };
    if (found.token !== null) tokens.push(found.token);
    at = found.end;
  }
  return [...tokens, { kind: "end", text: "", at }];
}

function matchAt(source: string, at: number): { readonly token: Token | null; readonly end: number } | null {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match === null) continue;
    const text = match[1] ?? match[2] ?? match[0];
    const token: Token | null = kind === "space" ? null : { kind: kind === "quoted" ? "name" : kind, text, at };
    return { token, end: pattern.lastIndex };
  }
  return null;
}
