/** What strategies and problems from outside have in common in a plan: a module, or a command. */
import { array, between, type Decoder, name, reject, text } from "@caviar-hpo/core/read";

/** How long a program may take for each answer, unless the plan says otherwise. */
export const usualTimeoutSeconds = 600;

export const words: Decoder<string> = text(1000);
export const timeoutSeconds: Decoder<number> = between(0.001, 1_000_000);
export const command: Decoder<readonly string[]> = array(text(32_768), 1000, 1);
export const inherit: Decoder<readonly string[]> = array(name, 1000);

/** A path and perhaps the name of an export: "./my-sampler.mjs#card". */
export const moduleText: Decoder<string> = (value, path) => {
  const given = text(32_768)(value, path);
  const { file, exported } = partsOfModule(given);
  const isPath = /\.[cm]?[jt]s$/.test(file) && !/^[a-z][a-z+.-]+:/i.test(file);
  if (isPath && /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(exported)) return given;
  return reject(path, 'the path of a file and the name of an export, such as "./my-sampler.mjs#card"', value, "Write it so.");
};

/** Without a name, it is the default export. */
export function partsOfModule(module: string): { readonly file: string; readonly exported: string } {
  const at = module.lastIndexOf("#");
  return at < 0 ? { file: module, exported: "default" } : { file: module.slice(0, at), exported: module.slice(at + 1) };
}

/** The label of a module that has none: the name of the file. */
export function fileNameOf(module: string): string {
  return partsOfModule(module)
    .file.split(/[\\/]/)
    .at(-1)!
    .replace(/\.[cm]?[jt]s$/, "");
}
