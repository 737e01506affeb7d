import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { fakeStream } from "../../testing/fakeStream.ts";
import { liveLine } from "./liveLine.ts";
import { printable } from "./printable.ts";
import { type Counts, runProgress } from "./runProgress.ts";
import { durationText, numberText, type StudyCounts, studyProgress, studyText } from "./studyProgress.ts";

const hostile: readonly string[] = [
  "\u001b[2J\u001b[31mred",
  "\u001b]8;;http://example.com\u0007link\u001b]8;;\u0007",
  "\u009b31m",
  "line\nbreak\r\u2028\u2029\u0085",
  "\u202Eright to left\u2066",
  "tab\tnull\0bell\u0007backspace\b",
  "\ud800 lone",
  "soft\u00adhyphen\u200bzero\ufeffwidth",
];

const drawn = (text: string): readonly string[] => text.split("\r\u001b[2K").slice(1);

/** Control, format, private, unassigned and lone surrogate characters, and every line separator. */
const unprintable = /[\p{C}\p{Zl}\p{Zp}]/u;

describe("printable text", () => {
  test.each(hostile)("of %j holds nothing that moves a cursor, colours, links or reorders", (text) => {
    expect(printable(text)).not.toMatch(unprintable);
  });

  test("shows what was there", () => {
    expect(printable("a\u001b[2Jb\n\u202e")).toBe("a\\u{1b}[2Jb\\u{a}\\u{202e}");
  });

  test("leaves letters, digits, signs, accents and emoji alone", () => {
    const text = "α Größe 日本 معدل 🐼 e\u0301 <script> | \\ = +";
    expect(printable(text)).toBe(text);
  });
});

describe("the progress of a campaign", () => {
  const counts = (done: number, total: number, kept = 0): Counts => ({ done, total, kept });
  test("on a terminal is one line, rewritten in place and taken off at the end", () => {
    const stream = fakeStream({ isTTY: true, columns: 120 });
    const progress = runProgress(stream);
    progress.update(counts(1, 20), "branin, random, seed 1");
    for (let done = 2; done <= 19; done++) progress.update(counts(done, 20), "too soon to be drawn");
    progress.update(counts(20, 20), "branin, sobol, seed 9");
    progress.end();
    expect(stream.text()).not.toContain("\n");
    const [first, last, end, ...more] = [drawn(stream.text())[0]!, ...drawn(stream.text()).slice(-2)];
    expect(first).toMatch(/^█{2}░{28} {2}1\/20, \d+ s left {2}branin, random, seed 1$/);
    expect(last).toMatch(/^█{30} 20\/20, 0 s left {2}branin, sobol, seed 9$/);
    expect([end, more]).toEqual(["", []]);
  });

  test("is never wider than the terminal, nor does a name break out of it", () => {
    const stream = fakeStream({ isTTY: true, columns: 60 });
    const progress = runProgress(stream);
    progress.update(counts(1, 2), `${"long ".repeat(40)}\n\u001b[2J`);
    progress.update(counts(2, 2), hostile.join(" "));
    for (const line of drawn(stream.text())) {
      expect(line.length).toBeLessThan(60);
      expect(line).not.toMatch(unprintable);
    }
  });

  test("elsewhere is a plain line at every tenth", () => {
    const stream = fakeStream();
    const progress = runProgress(stream);
    for (let done = 1; done <= 200; done++) progress.update(counts(done, 200), "\u001b[2J");
    progress.end();
    const lines = stream.text().trimEnd().split("\n");
    expect(lines.map((line) => line.split(" ")[0] || line.trim().split(" ")[0])).toEqual(
      Array.from({ length: 10 }, (_, index) => `${20 * (index + 1)}/200`),
    );
    for (const line of lines) expect(line).toMatch(/^ *\d+\/200 runs, \d+ s, \d+ s left$/);
    expect(stream.text()).not.toMatch(/[^\P{C}\n]/u);
  });

  test("elsewhere says in one line how many runs were kept", () => {
    const stream = fakeStream();
    const progress = runProgress(stream);
    for (let done = 1; done <= 45; done++) progress.update(counts(done, 100, done), "kept");
    expect(stream.text()).toBe("");
    for (let done = 46; done <= 70; done++) progress.update(counts(done, 100, 45), "made");
    const [kept, ...lines] = stream.text().trimEnd().split("\n");
    expect(kept).toBe("45 of 100 runs were there already");
    expect(lines.map((line) => line.trim().split(" ")[0])).toEqual(["50/100", "60/100", "70/100"]);
    const whole = fakeStream();
    const complete = runProgress(whole);
    for (let done = 1; done <= 20; done++) complete.update(counts(done, 20, done), "kept");
    expect(whole.text()).toBe("20 of 20 runs were there already\n");
    const checks = fakeStream();
    runProgress(checks, "checks").update(counts(1, 2), "checked");
    expect(checks.text()).toMatch(/^1\/2 checks, /);
  });

  test("tells no time that is left from what was kept, which took none", () => {
    const stream = fakeStream({ isTTY: true, columns: 120 });
    const progress = runProgress(stream);
    progress.update(counts(900, 1000, 900), "branin, random, seed 1");
    progress.update(counts(1000, 1000, 1000), "branin, sobol, seed 9");
    expect(drawn(stream.text())).toEqual([
      `${"█".repeat(27)}░░░  900/1000  branin, random, seed 1`,
      `${"█".repeat(30)} 1000/1000  branin, sobol, seed 9`,
    ]);
  });

  test("elsewhere, of fewer runs than tenths, is a line a run", () => {
    const stream = fakeStream({ isTTY: false });
    const progress = runProgress(stream);
    for (let done = 1; done <= 3; done++) progress.update(counts(done, 3), "");
    expect(stream.text().split("\n")).toHaveLength(4);
  });
});

describe("a line that is drawn in its place", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  test("shows the latest text in the end, however fast the texts come", () => {
    const stream = fakeStream({ isTTY: true });
    const line = liveLine(stream);
    for (let step = 0; step < 100; step++) line.draw(`step ${step}`);
    expect(drawn(stream.text())).toEqual(["step 0"]);
    vi.advanceTimersByTime(1000);
    expect(drawn(stream.text())).toEqual(["step 0", "step 99"]);
    line.end();
    line.end();
    expect(drawn(stream.text())).toEqual(["step 0", "step 99", ""]);
  });

  test("is not drawn once it has ended", () => {
    const stream = fakeStream({ isTTY: true });
    const line = liveLine(stream);
    line.draw("one");
    line.draw("two");
    line.end();
    vi.advanceTimersByTime(1000);
    expect(drawn(stream.text())).toEqual(["one", ""]);
  });

  test("has 79 characters at most on a terminal that does not know its width", () => {
    const stream = fakeStream({ isTTY: true, columns: 0 });
    liveLine(stream).draw("x".repeat(200));
    expect(drawn(stream.text())).toEqual(["x".repeat(79)]);
  });
});

describe("the progress of a study", () => {
  const counts = (ended: number, change: Partial<StudyCounts> = {}): StudyCounts => ({
    ended,
    running: 0,
    failed: 0,
    best: null,
    secondsLeft: null,
    ...change,
  });
  const best = { trial: 12, values: [0.03123456789] };

  test("says what has ended, runs and failed, the best value and the time that is left", () => {
    expect(studyText(counts(37, { running: 4, failed: 1, best, secondsLeft: 100.2 }), 60)).toBe(
      "37/60 trials, 4 running, 1 failed, best 0.0312346 (trial 12), 101 s left",
    );
    expect(studyText(counts(3), null)).toBe("3 trials");
    expect(studyText(counts(3, { best: { trial: 0, values: [1, 2] } }), null)).toBe("3 trials, best 1 and 2 (trial 0)");
  });

  test("is one line on a terminal, with a bar if the number of trials is known", () => {
    const stream = fakeStream({ isTTY: true, columns: 120 });
    const progress = studyProgress(stream, 4);
    progress.update(counts(2, { best }));
    progress.end();
    expect(drawn(stream.text())).toEqual([`${"█".repeat(15)}${"░".repeat(15)} 2/4 trials, best 0.0312346 (trial 12)`, ""]);
    const unlimited = fakeStream({ isTTY: true });
    studyProgress(unlimited, null).update(counts(2));
    expect(drawn(unlimited.text())).toEqual(["2 trials"]);
  });

  test("elsewhere is a line at every tenth of the trials and at every new best value, and no other", () => {
    const stream = fakeStream();
    const progress = studyProgress(stream, 20);
    progress.update(counts(0, { running: 1 }));
    for (let trials = 1; trials <= 20; trials++) {
      progress.update(counts(trials, { best: { trial: Math.min(trials, 5), values: [trials < 5 ? 2 : 1] } }));
      progress.update(counts(trials, { best: { trial: Math.min(trials, 5), values: [trials < 5 ? 2 : 1] } }));
    }
    progress.end();
    expect(
      stream
        .text()
        .split("\n")
        .map((line) => line.split(" ")[0]),
    ).toEqual(["1/20", "2/20", "4/20", "5/20", "6/20", "8/20", "10/20", "12/20", "14/20", "16/20", "18/20", "20/20", ""]);
  });

  test.each([
    [0, "0 s"],
    [0.2, "1 s"],
    [119, "119 s"],
    [120, "2 min"],
    [7140, "119 min"],
    [7141, "2 h 0 min"],
    [7200, "2 h 0 min"],
    [86_399, "24 h 0 min"],
  ])("%d seconds are %s", (seconds, text) => {
    expect(durationText(seconds)).toBe(text);
  });

  test.each([
    [0.1 + 0.2, "0.3"],
    [123_456_789, "123457000"],
    [1e-9, "1e-9"],
    [-0, "0"],
    [NaN, "NaN"],
  ])("the number %d is %s", (value, text) => {
    expect(numberText(value)).toBe(text);
  });
});
