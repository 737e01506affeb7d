/**
 * What a reader has made of a page, as the fragment of its address: `#at=ranking&sort.ranking=2d&hide.strategy=tpe`. So a view can be
 * cited. A plain fragment, such as `#ranking`, is a place in the page.
 */

export type PageView = {
  /** The values of a key; empty if the address has none. */
  all(key: string): readonly string[];
  /** Writes the values of a key into the address. */
  set(key: string, values: readonly string[]): void;
  /** Calls `act` now, and whenever the address changes otherwise than by `set`. */
  follow(act: () => void): void;
};

/** The key of the place in the page. */
export const placeKey = "at";

export type PageWindow = Pick<Window, "addEventListener"> & {
  readonly location: { readonly hash: string };
  readonly history: Pick<History, "replaceState">;
};

export function viewOf({ location, history, addEventListener }: PageWindow): PageView {
  let state = readFragment(location.hash);
  return {
    all: (key) => state.filter(([name]) => name === key).map(([, value]) => value),
    set: (key, values) => {
      state = [...state.filter(([name]) => name !== key), ...values.map((value) => [key, value] as const)];
      history.replaceState(null, "", writeFragment(state));
    },
    follow: (act) => {
      act();
      addEventListener("hashchange", () => {
        state = readFragment(location.hash);
        act();
      });
    },
  };
}

type FragmentEntry = readonly [key: string, value: string];

export function readFragment(hash: string): readonly FragmentEntry[] {
  const text = hash.slice(1);
  if (text === "") return [];
  return text.includes("=") ? [...new URLSearchParams(text)] : [[placeKey, text]];
}

export function writeFragment(state: readonly FragmentEntry[]): string {
  const [first] = state;
  if (state.length === 1 && first![0] === placeKey && !first![1].includes("=")) return `#${first![1]}`;
  return `#${new URLSearchParams(state.map(([key, value]) => [key, value]))}`;
}
