import { expect, test } from "vitest";
import { drawQrLines, openQrScreen } from "#main/cli/qr-screen.ts";
import { decodeQr } from "#test/support/qr-decoder.ts";

/** As long as Telegram's are: 32 bytes in base64url. */
const link = (of: number) => `tg://login?token=${Buffer.alloc(32, of).toString("base64url")}`;

/** What is painted, in the two halves of each character. */
const PAINTED: Readonly<Record<string, readonly [boolean, boolean]>> = {
  "█": [true, true],
  "▀": [true, false],
  "▄": [false, true],
  " ": [false, false],
};

/** Reads the lines as somebody with a camera would, on a dark terminal: what is painted is light. */
function read(lines: readonly string[]): string | null {
  const isDark = (x: number, y: number): boolean =>
    PAINTED[lines[Math.floor(y / 2)]?.[x] ?? "?"]?.[y % 2] === false;
  return decodeQr(lines[0]?.length ?? 0, lines.length * 2, isDark);
}

function screen(isTTY: boolean, hasColours: boolean) {
  const written: string[] = [];
  const opened = openQrScreen({ isTTY, write: (text: string) => written.push(text) }, hasColours);
  return { opened, written };
}

test.each([link(0), link(1), link(255), "tg://login?token=a", `tg://login?token=${"x".repeat(300)}`])(
  "the characters are a code that another decoder reads: %s",
  (text) => {
    expect(read(drawQrLines(text))).toBe(text);
  },
);

test("a login code fits a terminal of 80 by 24, with the words around it", () => {
  const lines = drawQrLines(link(7));
  expect([lines.length <= 21, new Set(lines.map(({ length }) => length)).size, lines[0]?.length]).toEqual([
    true,
    1,
    41,
  ]);
});

test("in a terminal every line says its colours, and a new code takes the place of the one before", () => {
  const { opened, written } = screen(true, true);
  opened.show(link(1));
  opened.show(link(2));
  const [first = "", second = ""] = written;
  const lines = second.replace("\u001b[22A\u001b[0J", "").trimEnd().split("\n");
  const coloured = lines.slice(0, -1).map((line) => /^\u001b\[97;40m(.+)\u001b\[0m$/.exec(line)?.[1] ?? "");
  expect({
    hasMovedFirst: first.startsWith("\u001b[97;40m"),
    hasMovedSecond: second.startsWith("\u001b[22A"),
    read: read(coloured),
    link: lines.at(-1),
  }).toEqual({ hasMovedFirst: true, hasMovedSecond: true, read: link(2), link: link(2) });
});

test.each([
  [false, true],
  [true, false],
])("where it is no terminal (%s) or wants no colours (%s), no colour is written", (isTTY, hasColours) => {
  const { opened, written } = screen(isTTY, hasColours);
  opened.show(link(3));
  expect([
    read(written.join("").trimEnd().split("\n").slice(0, -1)),
    written.join("").includes("\u001b"),
  ]).toEqual([link(3), false]);
});

test("what goes into a file keeps every code, and moves no cursor", () => {
  const { opened, written } = screen(false, true);
  opened.show(link(1));
  opened.show(link(2));
  expect(written.map((text) => text.trimEnd().split("\n").at(-1))).toEqual([link(1), link(2)]);
});
