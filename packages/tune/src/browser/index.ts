/** Durable studies in a browser, on IndexedDB. */

export { type BrowserStudy, type BrowserStudyOptions, openBrowserStudy } from "./openBrowserStudy.ts";
export { deleteBrowserStudy, readBrowserStudy, type StoredBrowserStudy } from "./readBrowserStudy.ts";
