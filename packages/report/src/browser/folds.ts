/** Folded parts open where the reader goes: to a place in them, or to the printer. */
import { type PageView, placeKey } from "./view.ts";

export function folds(document: Document, view: PageView): void {
  const goTo = (id: string): void => {
    const target = document.getElementById(id);
    if (target === null) return;
    for (let above: Element | null = target; above !== null; above = above.parentElement) {
      if (above instanceof HTMLDetailsElement) above.open = true;
    }
    target.scrollIntoView();
  };
  view.follow(() => {
    const [place] = view.all(placeKey);
    if (place !== undefined) goTo(place);
  });
  // A link to a place keeps the rest of the view.
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    if (link === null) return;
    event.preventDefault();
    const id = decodeURIComponent(link.getAttribute("href")!.slice(1));
    view.set(placeKey, [id]);
    goTo(id);
  });
  const closed: HTMLDetailsElement[] = [];
  window.addEventListener("beforeprint", () => {
    closed.push(...document.querySelectorAll<HTMLDetailsElement>("details:not([open])"));
    for (const fold of closed) fold.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const fold of closed.splice(0)) fold.open = false;
  });
}
