/**
 * Choices: checkboxes show or hide what belongs to a strategy, a problem or another thing with a name, and radio buttons show one of
 * several versions. While a choice differs from the published page, the results of the declared endpoints are hidden: a verdict on a part
 * that a reader has chosen after seeing the results would be no verdict.
 */
import type { PageView } from "./view.ts";

export function choices(document: Document, view: PageView): void {
  const groups = [...document.querySelectorAll<HTMLElement>("[data-choose]")].map((group) => chooser(document, group, view));
  const versions = [...document.querySelectorAll<HTMLElement>("[data-switch]")].map((group) => switcher(document, group, view));
  const showDeclared = (): void => {
    document.body.classList.toggle(
      "differs",
      [...groups, ...versions].some((differs) => differs()),
    );
  };
  document.addEventListener("change", showDeclared);
  view.follow(showDeclared);
}

/** Returns whether anything is hidden. */
function chooser(document: Document, group: HTMLElement, view: PageView): () => boolean {
  const name = group.dataset.choose!;
  const key = `hide.${name}`;
  const boxes = [...group.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
  const parts = [...document.querySelectorAll(`[data-${CSS.escape(name)}]`)];
  const apply = (): void => {
    const hidden = new Set(boxes.filter(({ checked }) => !checked).map(({ value }) => value));
    for (const part of parts) part.classList.toggle("unchosen", hidden.has(part.getAttribute(`data-${name}`)!));
    document.body.classList.toggle(`lacks-${name}`, hidden.size > 0);
  };
  const change = (): void => {
    const hidden = boxes.filter(({ checked }) => !checked).map(({ value }) => value);
    view.set(key, hidden);
    apply();
  };
  group.addEventListener("change", change);
  for (const button of group.querySelectorAll<HTMLButtonElement>("button[data-all]")) {
    button.addEventListener("click", () => {
      for (const box of boxes) box.checked = button.dataset.all === "on";
      group.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }
  group.hidden = false;
  view.follow(() => {
    const hidden = new Set(view.all(key));
    for (const box of boxes) box.checked = !hidden.has(box.value);
    apply();
  });
  return () => boxes.some(({ checked }) => !checked);
}

/** Returns whether another version than the published one is shown. */
function switcher(document: Document, group: HTMLElement, view: PageView): () => boolean {
  const name = group.dataset.switch!;
  const buttons = [...group.querySelectorAll<HTMLInputElement>("input[type=radio]")];
  const parts = [...document.querySelectorAll(`[data-${CSS.escape(name)}]`)];
  const published = buttons.find(({ defaultChecked }) => defaultChecked)?.value;
  const apply = (): void => {
    const chosen = buttons.find(({ checked }) => checked)?.value;
    for (const part of parts) part.classList.toggle("unchosen", part.getAttribute(`data-${name}`) !== chosen);
  };
  group.addEventListener("change", () => {
    const chosen = buttons.find(({ checked }) => checked)!.value;
    view.set(name, chosen === published ? [] : [chosen]);
    apply();
  });
  group.hidden = false;
  view.follow(() => {
    const [wanted = published] = view.all(name);
    for (const button of buttons) button.checked = button.value === wanted;
    if (!buttons.some(({ checked }) => checked)) for (const button of buttons) button.checked = button.value === published;
    apply();
  });
  return () => buttons.some(({ checked, value }) => checked && value !== published);
}
