/** The conversations of docs/wire-format.md find what a server could do wrong: bugs are planted in the small server in Python. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { conversations, hold, program } from "../packages/runtime/testing/conformance/run.mjs";

const reference = fileURLToPath(new URL("../packages/runtime/testing/conformance/server.py", import.meta.url));
const python = ["python3", "python"].find((name) => spawnSync(name, ["-c", "import sys; assert sys.version_info >= (3, 8)"]).status === 0);
const all = conversations();
const folder = mkdtempSync(join(tmpdir(), "caviar-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Skipped, by name, where there is no Python, or no such locks of files. */
describe.skipIf(python === undefined || process.platform === "win32")("a server in Python", () => {
  /** Bugs that a server could have: what is wrong in the source, and the topic whose conversations find it. */
  const planted: readonly (readonly [name: string, topic: string, right: string, wrong: string])[] = [
    ["takes any second report", "reports", 'not same(first["measurement"], measurement)', "False"],
    ["refuses the same report", "reports", 'if first["measurement"]["fidelity"] == fidelity:', "if False:"],
    ["forgets that a report came before", "reports", ', "repeated": True}\n\n    def late', "}\n\n    def late"],
    ["drops late results", "reports", 'if end.get("reason") != "lost":', "if True:"],
    ["adds a late result each time", "reports", 'event["kind"] == "observed" and', "False and"],
    ["takes fidelities in any order", "reports", "above < fidelity <= most", "0 < fidelity <= most"],
    ["takes NaN for a value", "reports", "if not all(map(math.isfinite, values + constraints + variance)):", "if False:"],
    ["ranks by the wrong sign", "reading", 'one["goal"] == "maximize"', 'one["goal"] == "minimize"'],
    ["recommends what breaks a constraint", "reading", "value <= 0 for value in", "True for value in"],
    ["ranks short trainings with full ones", "reading", 'if end["fidelity"] == reached', "if True"],
    ["gives the wrong page of trials", "reading", "study.trials[first : first + most]", "study.trials[: most]"],
    ["draws other points after a restart", "asking", "write([seed, trial, name])", "write([os.getpid(), trial, name])"],
    ["draws the same points for every seed", "asking", "write([seed, trial, name])", "write([trial, name])"],
    ["ignores the budget", "asking", "max(0, trials - self.started)", "math.inf"],
    ["forgets what was enqueued", "asking", "index < len(self.queue)", "False"],
    ["answers notifications", "messages", 'return None if valid and "id" not in message else answer', "return answer"],
    ["reads bare NaN", "messages", 'raise Refused(PARSE, "malformedJson", "a value", text)', "return math.nan"],
    ["lets the last of two keys win", "messages", "len(set(keys)) < len(keys)", "False"],
    ["loses digits", "messages", "Decimal(repr(value)).as_tuple()\n    digits", 'Decimal("%.15g" % value).as_tuple()\n    digits'],
    ["keeps events to itself", "stored", "        self.file.flush()\n        os.fsync(self.file.fileno())\n", ""],
    ["opens a study with another definition", "stored", "found != wanted", "False"],
    ["makes a study for every name", "stored", "if found is None and wanted is None:", "if False:"],
    ["takes two names for one", "stored", "hashlib.sha256(write(name).encode())", "hashlib.sha256(write(slug).encode())"],
    ["takes the name for a path", "stored", 'f"{slug}-{hashlib.sha256(write(name).encode()).hexdigest()[:8]}.jsonl"', "name"],
    ["forgets notes", "stored", 'noted.update(event["attributes"])', "pass"],
    ["drops earlier notes", "stored", "noted.update(", "noted.clear(), noted.update("],
    ["gives a job to two clients", "stored", 'self.taken.update(job["id"] for job in given)', "pass"],
    ["gives away what a client asked for", "stored", 'self.taken.update(job["id"] for job in jobs)', "pass"],
    ["gives away what runs elsewhere", "stored", ' and "observed" not in job', ""],
    ["hides where trials came from", "reading", ', "observed": True}\n        trial["curve"]', '}\n        trial["curve"]'],
    ["reads changed snapshots", "snapshots", '!= snapshot["checksum"]', "is None"],
    [
      "restores without what ran",
      "snapshots",
      '"running": list(study.running.values())}\n\n    def do_close',
      '"running": []}\n\n    def do_close',
    ],
  ];

  test.each(planted)("would be caught if it %s", async (name, topic, right, wrong) => {
    const source = readFileSync(reference, "utf8");
    expect(source).toContain(right);
    const path = join(folder, `${name.replaceAll(/\W/g, "-")}.py`);
    writeFileSync(path, source.replace(right, wrong));
    for (const one of all) if (one.topic === topic && (await hold(program([python!, path]), one)) !== null) return;
    expect.fail(`no conversation of ${topic} finds a server that ${name}`);
  });
});
