/**
 * A parser for a strict subset of HTML and XML in which both agree: every tag closed, every attribute in double quotes, `<` and `&` only
 * where they begin a tag or a numeric reference. Whatever it accepts, a browser reads as the same tree; whatever a name could smuggle in,
 * it refuses.
 */

export type MarkupNode = {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
  readonly children: readonly (MarkupNode | string)[];
};

const token = /<(\/?)([a-z][a-zA-Z0-9]*)((?: [a-zA-Z0-9:-]+="[^"<>]*")*)(\/?)>|([^<>]+)/y;

const isVoid = new Set(["meta", "input", "wbr"]);

/** @throws Error at the first character that is not strict */
export function parseMarkup(markup: string): MarkupNode {
  const top: { name: string; attributes: Record<string, string>; children: (MarkupNode | string)[] } = {
    name: "",
    attributes: {},
    children: [],
  };
  const open = [top];
  token.lastIndex = 0;
  while (token.lastIndex < markup.length) {
    const at = token.lastIndex;
    if (open.at(-1)!.name === "script") {
      const end = markup.indexOf("</script>", at);
      if (end < 0) throw new Error("<script> is not closed");
      open.at(-1)!.children.push(markup.slice(at, end));
      token.lastIndex = end;
    }
    const match = token.exec(markup);
    if (match === null) throw new Error(`not strict at ${at}: ${markup.slice(at, at + 60)}`);
    const [, closing, name, attributes, empty, text] = match;
    const parent = open[open.length - 1]!;
    if (text !== undefined) {
      parent.children.push(parent.name === "style" || parent.name === "script" ? text : decode(text));
    } else if (closing === "/") {
      if (parent.name !== name || attributes !== "" || empty !== "") throw new Error(`</${name}> closes <${parent.name}>`);
      open.pop();
    } else {
      const node = { name: name!, attributes: readAttributes(attributes!), children: [] };
      parent.children.push(node);
      if (empty !== "/" && !isVoid.has(name!)) open.push(node);
    }
  }
  if (open.length !== 1) throw new Error(`<${open[open.length - 1]!.name}> is not closed`);
  return top;
}

function readAttributes(written: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name, value] of written.matchAll(/ ([a-zA-Z0-9:-]+)="([^"]*)"/g)) {
    if (Object.hasOwn(attributes, name!)) throw new Error(`${name} is given twice`);
    attributes[name!] = decode(value!);
  }
  return attributes;
}

function decode(text: string): string {
  if (/&(?!#\d+;)/.test(text)) throw new Error(`a bare & in ${text.slice(0, 60)}`);
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

export function everyNode(node: MarkupNode): readonly MarkupNode[] {
  return [node, ...node.children.flatMap((child) => (typeof child === "string" ? [] : everyNode(child)))];
}

export function textOf(node: MarkupNode): string {
  return node.children.map((child) => (typeof child === "string" ? child : textOf(child))).join("");
}
