import type { CallLog } from "#sandbox/control/call-log.ts";
import { FaultRules } from "#sandbox/control/fault-rules.ts";
import { createAccountDirectory } from "#sandbox/telegram/accounts.ts";
import { BudgetBook } from "#sandbox/telegram/budgets.ts";
import { createServerKey, readServerKey, type ServerKey } from "#sandbox/telegram/crypto/server-key.ts";
import type { WorldHalf } from "#sandbox/telegram/method.ts";
import { LoginCodes } from "#sandbox/telegram/sign-in/login-codes.ts";
import { LoginTokens } from "#sandbox/telegram/sign-in/login-tokens.ts";
import { Passwords } from "#sandbox/telegram/sign-in/passwords.ts";
import { TELEGRAM_FAULTS } from "#sandbox/telegram/telegram-faults.ts";
import { TelegramServer } from "#sandbox/telegram/telegram-server.ts";
import { describeReady, type TelegramReady } from "#sandbox/telegram/telegram-ready.ts";
import type { TelegramSide } from "#sandbox/telegram/telegram-side.ts";
import { readState, writeState } from "#sandbox/telegram/state-folder.ts";
import { UpdateOffice } from "#sandbox/telegram/updates/update-office.ts";
import type { Session } from "#sandbox/telegram/wire/session.ts";
import { stableHex } from "#sandbox/world/identifiers.ts";
import type { World } from "#sandbox/world/model.ts";

/** 2026-01-01: counts of changes that begin at the seconds since then stay small and grow from start to start. */
const PTS_EPOCH_S = 1_767_225_600;

export interface TelegramOptions {
  readonly world: World;
  readonly worldHalf: WorldHalf;
  readonly port: number;
  readonly limits: boolean;
  readonly timeScale: number;
  readonly calls: CallLog;
  /** Where the server's key and the sign-ins are kept over a restart; null: nowhere. */
  readonly stateFolder: string | null;
  nowMs(): number;
}

export interface RunningTelegram {
  readonly side: TelegramSide;
  readonly ready: TelegramReady;
  close(): Promise<void>;
}

/** Starts the simulated Telegram on a port of 127.0.0.1. Rejects with the system's error when the port is taken. */
export async function startTelegram(options: TelegramOptions): Promise<RunningTelegram> {
  const { world, nowMs } = options;
  const nowS = (): number => Math.floor(nowMs() / 1_000);
  const accounts = createAccountDirectory(world);
  const state = options.stateFolder === null ? null : readState(options.stateFolder);
  const serverKey = await (state ? readServerKey(state.privateKeyPem) : keyOfThisProcess());
  const updates = new UpdateOffice<Session>(
    nowS,
    (reader, update, how) => server.deliver(reader, update, how),
    (reader) => [...server.keys()].some((key) => key.authorization?.account === reader),
    // Clients that outlive this sandbox must find a later state in the next one, not an earlier one.
    options.stateFolder === null ? 1 : nowS() - PTS_EPOCH_S,
  );
  const { stateFolder } = options;
  const side: TelegramSide = {
    world,
    worldHalf: options.worldHalf,
    accounts,
    updates,
    budgets: new BudgetBook(options.limits, options.timeScale, nowMs),
    faults: new FaultRules(TELEGRAM_FAULTS),
    calls: options.calls,
    codes: new LoginCodes(nowMs),
    passwords: new Passwords(accounts),
    tokens: new LoginTokens(nowS),
    apiId: 10_000 + (Number.parseInt(stableHex(world.seed, "telegram-api-id", 6), 16) % 9_000_000),
    apiHash: stableHex(world.seed, "telegram-api-hash", 32),
    address: { host: "127.0.0.1", port: options.port },
    nowMs,
    keys: () => server.keys(),
    findKey: (id) => server.findKey(id),
    endAuthorization: (key, reason) => server.endAuthorization(key, reason),
    push: (key, update) => server.push(key, update),
    saveSignIns: () => {
      if (stateFolder !== null) writeState(stateFolder, serverKey, server.keys());
    },
  };
  const server = new TelegramServer(side, serverKey);
  if (state) server.restore(state.keys);
  const port = await server.listen(options.port);
  side.address = { host: "127.0.0.1", port };
  side.saveSignIns();
  return {
    side,
    ready: describeReady(side, serverKey),
    close: () => server.close(),
  };
}

let processKey: Promise<ServerKey> | null = null;

/** Making a key takes a while; the sandboxes of one process share theirs. */
function keyOfThisProcess(): Promise<ServerKey> {
  processKey ??= createServerKey();
  return processKey;
}
