/** The environment of a program that a plan names: it may come from somebody else's plan, so it gets no secrets of this process. */

/** The variables of this process that every such program gets: where programs, libraries and temporary files are, and the language. */
export const usualVariables: readonly string[] = [
  ...["PATH", "HOME", "TMPDIR", "LANG", "LC_ALL", "LC_CTYPE", "LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV", "CONDA_PREFIX"],
  ...["SystemRoot", "PATHEXT", "USERPROFILE", "TEMP", "TMP"],
];

/** One thread and no random hashes, so that a program computes the same in each run, and no run takes the cores of another. */
const fixedVariables = { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", MKL_NUM_THREADS: "1", PYTHONHASHSEED: "0" };

/** @param inherit the names of other variables of this process that it gets. They come before the fixed ones. */
export function programEnvironment(inherit: readonly string[]): { readonly [name: string]: string } {
  const names = [...usualVariables, ...inherit];
  const inherited = names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]] as const]));
  return { ...fixedVariables, ...Object.fromEntries(inherited) };
}
