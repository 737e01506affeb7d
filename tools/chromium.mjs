/** Where Chromium is: the binary that CAVIAR_CHROMIUM names, or one in the usual places. */
import { existsSync } from "node:fs";

const usualPlaces = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/opt/google/chrome/chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/**
 * Null where there is none.
 *
 * @throws Error where CAVIAR_CHROMIUM names no file.
 */
export function findChromium() {
  const named = process.env.CAVIAR_CHROMIUM || undefined;
  if (named !== undefined && !existsSync(named))
    throw new Error(`CAVIAR_CHROMIUM: expected the path of a browser, got ${named}. Correct it, or unset it.`);
  return named ?? usualPlaces.find((path) => existsSync(path)) ?? null;
}
