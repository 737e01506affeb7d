import { expect, test } from "vitest";
import { type Notice, noticeText, onceEach } from "./notice.ts";

const notice: Notice = { code: "unused", what: "option workers", message: "it has no effect here", remedy: "Leave it out." };

test("a notice reads like an error: what, message, remedy", () => {
  expect(noticeText(notice)).toBe("option workers: it has no effect here. Leave it out.");
});

test("a notice is JSON", () => {
  expect(JSON.parse(JSON.stringify(notice))).toEqual(notice);
});

test("a notice is said once for each code and each thing that it is about", () => {
  const heard: Notice[] = [];
  const say = onceEach((one) => heard.push(one));
  const others: readonly Notice[] = [
    { ...notice, code: "other" },
    { ...notice, what: "option trials" },
    { ...notice, code: "unused option", what: "workers" },
  ];
  for (const one of [notice, ...others, notice, { ...notice, message: "it still has none" }, ...others]) say(one);
  expect(heard).toEqual([notice, ...others]);
});

test("a notice that its receiver refused was said all the same", () => {
  let calls = 0;
  const say = onceEach(() => {
    calls++;
    throw new Error("no");
  });
  expect(() => say(notice)).toThrow("no");
  say(notice);
  expect(calls).toBe(1);
});
