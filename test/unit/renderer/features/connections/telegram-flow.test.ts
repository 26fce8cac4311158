import { describe, expect, test } from "vitest";
import { toFailure } from "#renderer/api/to-failure.ts";
import { drawQr } from "#renderer/features/connections/qr-picture.tsx";
import { parseServer, readAppForm } from "#renderer/features/connections/telegram-app-input.ts";
import {
  describeSentCode,
  fieldProblemOf,
  type FlowStage,
  stageBefore,
  stageOf,
  waitEndOf,
} from "#renderer/features/connections/telegram-flow.ts";
import { failure } from "#shared/domain/failure.ts";
import { err, ok } from "#shared/lib/result.ts";
import { decodeQr } from "#test/support/qr-decoder.ts";

const sent = { step: "code", phone: "442079460000", sentBy: "sms", length: 5, resendAtMs: null } as const;
const phone: FlowStage = { at: "phone", phone: "" };
const code: FlowStage = { at: "code", sent };
const password: FlowStage = { at: "password", hint: null };
const qr: FlowStage = { at: "qr", shown: null };

describe("the way through a sign-in", () => {
  test.each([
    [{ step: "phone" }, phone],
    [sent, code],
    [{ step: "password", hint: null }, password],
    [
      { step: "qr", link: "tg://x", expiresAtMs: 1 },
      { at: "qr", shown: { link: "tg://x", expiresAtMs: 1 } },
    ],
  ] as const)("%j leads to its stage", (step, stage) => {
    expect(stageOf(step)).toEqual(stage);
  });

  test.each([
    [{ at: "app" }, null],
    [phone, { at: "app" }],
    [code, { at: "phone", phone: "+442079460000" }],
    [password, phone],
    [qr, phone],
  ] as const)("back from %j", (stage, before) => {
    expect(stageBefore(stage)).toEqual(before);
  });
});

describe("what went wrong", () => {
  test.each([
    ["telegram/phone-invalid", phone],
    ["telegram/code-invalid", code],
    ["telegram/code-expired", code],
    ["telegram/password-invalid", password],
  ] as const)("%s stands at its field, and at no other", (failed, own) => {
    const shown = failure(failed);
    const elsewhere = [phone, code, password, qr].filter((stage) => stage !== own);

    expect([fieldProblemOf(own, shown), ...elsewhere.map((stage) => fieldProblemOf(stage, shown))]).toEqual([
      `${shown.message} ${shown.todo}`,
      undefined,
      undefined,
      undefined,
    ]);
  });

  test("a wait has an end only when Telegram said which", () => {
    expect([
      waitEndOf(failure("telegram/flood-wait", { untilMs: 5 })),
      waitEndOf(failure("telegram/flood-wait")),
      waitEndOf(failure("network/timed-out", { untilMs: 5 })),
      waitEndOf(toFailure(new Error("defect"))),
      waitEndOf(null),
    ]).toEqual([5, null, null, null, null]);
  });
});

test("where the code went is said with the number and its length, as far as Telegram tells", () => {
  expect([describeSentCode(sent), describeSentCode({ ...sent, sentBy: "app", length: null })]).toEqual([
    "Telegram sent a code as a text message. It is for +442079460000, 5 characters long.",
    "Telegram sent a code to the app on your other devices. It is for +442079460000.",
  ]);
});

describe("the application form", () => {
  const read = (fields: Record<string, string>) => readAppForm((name) => fields[name]);

  test("is read with and without another server", () => {
    const app = { apiId: "4242", apiHash: "abc" };
    const given = { app: "given", apiId: 4_242, apiHash: "abc" };

    expect([read(app), read({ ...app, server: "[::1]:443", publicKeyPem: "PEM" })]).toEqual([
      ok(given),
      ok({ ...given, server: { host: "::1", port: 443, publicKeyPem: "PEM" } }),
    ]);
  });

  test.each([
    [{}, ["apiId", "apiHash"]],
    [{ apiId: "1.5", apiHash: "abc" }, ["apiId"]],
    [{ apiId: "-1", apiHash: "abc" }, ["apiId"]],
    [{ apiId: "7", apiHash: "abc", server: "example.com", publicKeyPem: "PEM" }, ["server"]],
    [{ apiId: "7", apiHash: "abc", publicKeyPem: "PEM" }, ["server"]],
    [{ apiId: "7", apiHash: "abc", server: "127.0.0.1:443" }, ["publicKeyPem"]],
  ])("%j lacks %j", (fields, lacking) => {
    const result = read(fields);

    expect(result.ok ? result : err(Object.keys(result.error))).toEqual(err(lacking));
  });

  test.each(["", "host", "host:0", "host:65536", "http://host:80", "host:80/x", "::1:80", "a b:80"])(
    "%j is no server",
    (text) => {
      expect(parseServer(text)).toBeNull();
    },
  );
});

test("a QR code has a light margin of four modules, and another decoder reads the link in it", () => {
  const link = `tg://login?token=${Buffer.alloc(32, 9).toString("base64url")}`;
  const { size, path } = drawQr(link);
  const dark = new Set([...path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)].map(([, x, y]) => `${x},${y}`));
  const inMargin = [...dark].filter((at) =>
    at.split(",").some((place) => Number(place) < 4 || Number(place) >= size - 4),
  );

  expect([inMargin, decodeQr(size, size, (x, y) => dark.has(`${x},${y}`))]).toEqual([[], link]);
});
