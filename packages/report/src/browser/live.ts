/**
 * A page that follows its study: its server tells it of each change, and it loads itself again. What the reader has made of the page is in
 * its address, so that stays. Pages without `data-live` ask for nothing, and their content policy would not let them.
 */

export function live(document: Document): void {
  const { live: state } = document.documentElement.dataset;
  if (state === undefined) return;
  const words = document.createElement("p");
  words.className = "live";
  words.setAttribute("role", "status");
  words.textContent = "live";
  document.body.append(words);
  let now = state;
  const loadAgain = (): void => {
    if (now !== state && !isBusy(document)) location.reload();
  };
  // The browser connects again by itself.
  const source = new EventSource("state");
  source.addEventListener("message", ({ data }: MessageEvent<string>) => {
    now = data;
    words.textContent = "live";
    loadAgain();
  });
  source.addEventListener("error", () => {
    words.textContent = "not live: caviar watch has ended";
  });
  for (const event of ["focusout", "pointerup", "visibilitychange"]) document.addEventListener(event, loadAgain);
}

/** A reader who types or drags would lose that. */
function isBusy(document: Document): boolean {
  return document.hidden || document.activeElement instanceof HTMLInputElement || document.querySelector("svg :active") !== null;
}
