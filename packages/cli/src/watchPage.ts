/** A live page of a study: a server shows the page of `caviar report`, and makes it again as the study changes. */
import { setTimeout as delay } from "node:timers/promises";
import { liveStudyReport } from "@caviar-hpo/report/study";
import { type StoredStudy, watchStudy } from "@caviar-hpo/runtime/log";
import { type PageFiles, servePage } from "./pageServer.ts";
import { shownStudy } from "./writeStudyReport.ts";

/** So long a page stays at least as it is, so that a reader can read it. */
const stayMs = 3000;
/** Making pages takes at most this share of the time. */
const mostShare = 0.2;

/** Serves the page until the signal is aborted. @param onAddress gets the address as soon as the page can be seen. */
export async function watchPage(folder: string, signal: AbortSignal, onAddress: (address: string) => void): Promise<void> {
  const pages = pageMaker();
  const server = await servePage(() => pages.files());
  try {
    let shown = false;
    for await (const study of watchStudy(folder, { signal, everySeconds: stayMs / 1000, untilAborted: true })) {
      server.tell(pages.show(study));
      if (!shown) onAddress(server.address);
      shown = true;
      await delay(pages.tookMs() / mostShare, undefined, { signal }).catch(() => {});
    }
  } finally {
    await server.close();
  }
}

/** The page of the study that was shown last. It is made when a browser asks for it. */
type PageMaker = { readonly show: (study: StoredStudy) => string; readonly files: () => PageFiles; readonly tookMs: () => number };

function pageMaker(): PageMaker {
  let count = 0;
  let study: StoredStudy | null = null;
  let made: PageFiles | null = null;
  let took = 0;
  return {
    show: (now) => {
      study = now;
      made = null;
      count++;
      return String(count);
    },
    files: () => {
      made ??= timed(() => filesOf(study!, String(count)));
      return made;
    },
    tookMs: () => took,
  };

  function timed(make: () => PageFiles): PageFiles {
    const startedMs = performance.now();
    const files = make();
    took = performance.now() - startedMs;
    return files;
  }
}

function filesOf(study: StoredStudy, state: string): PageFiles {
  const { html, files } = liveStudyReport(shownStudy(study), state);
  return new Map([["", html], ...files.map(({ name, text }) => [name, text] as const)]);
}
