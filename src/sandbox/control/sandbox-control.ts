import type { CallReport, LoggedCall } from "#sandbox/control/call-log.ts";
import type { FaultOrder, FaultRule } from "#sandbox/control/fault-rules.ts";
import { RpcError } from "#sandbox/telegram/rpc-error.ts";
import { acceptLoginToken } from "#sandbox/telegram/sign-in/token-methods.ts";
import type { TelegramSide } from "#sandbox/telegram/telegram-side.ts";
import type { ApiParts } from "#sandbox/slack/api-endpoint.ts";
import type { WorkspaceSettings } from "#sandbox/slack/workspace.ts";
import { applyChange, ImpossibleChange, type WorldChange } from "#sandbox/world/changes.ts";
import { tellTruth, type Truth } from "#sandbox/world/truth.ts";

/** Settings of a running sandbox: the workspace's switches and whether rate limits are enforced. */
export interface SandboxSettings extends WorkspaceSettings {
  readonly limits: boolean;
}

/** What becomes of a token: by its label, scopes taken from it and given to it, and whether it is alive. */
export interface TokenChange {
  readonly label: string;
  readonly remove?: readonly string[];
  readonly add?: readonly string[];
  readonly state?: "live" | "revoked" | "expired";
}

type AnyFaultRule = FaultRule<string>;

/** A client that is signed in to an account of the simulated Telegram. */
export interface TelegramSignInFacts {
  readonly personId: string;
  readonly userId: string;
  /** What the client calls itself. */
  readonly device: string;
  readonly createdAtMs: number;
}

/** What a test or an operator can do to a running sandbox from behind the scenes. */
export interface SandboxControl {
  addFault(order: FaultOrder): AnyFaultRule;
  listFaults(): readonly AnyFaultRule[];
  /** Removes one fault, or all; returns how many. */
  clearFaults(id?: string): number;
  calls(): CallReport;
  clearCalls(): void;
  /**
   * Tells of every call once it has had its effect, and before another one can have its own: who compares the truth each
   * time sees what each call changed. Returns what ends it.
   */
  watchCalls(told: (call: LoggedCall) => void): () => void;
  /** Who is in which group right now. */
  truth(): Truth;
  /** Changes the world as people in Slack would; throws `ImpossibleChange`. */
  change(change: WorldChange): void;
  /**
   * Changes what tokens with this label may do, as an administrator would on Slack's pages; throws `ImpossibleChange` when
   * there is none. Labels: full, missingScope, revoked, bot, expired, inactive, guest; oauth for all that were signed in.
   */
  changeToken(change: TokenChange): void;
  /** Changes the world as people in Telegram would; throws `ImpossibleChange`. */
  changeTelegram(change: unknown): void;
  /**
   * What the owner of an account does with a QR code: accepts the token of a `tg://login?token=…` link (or the bare
   * token in base64url). Throws `ImpossibleChange` for a token or a person that does not fit.
   */
  acceptLoginToken(link: string, personId: string): void;
  /** Every client that is signed in right now, the oldest first. */
  telegramSignIns(): readonly TelegramSignInFacts[];
  /** What somebody does with “Terminate all other sessions” in Telegram's own app. Returns how many ended. */
  endTelegramSignIns(personId: string): number;
  settings(): SandboxSettings;
  /** Changes the given settings; turning limits on or off also forgets the calls counted so far. */
  configure(settings: Partial<SandboxSettings>): SandboxSettings;
}

/** The control of a running sandbox, for use in the same process; the HTTP control endpoint is built on it. */
export function createControl(parts: ApiParts, telegram: TelegramSide): SandboxControl {
  const { workspace, limiter, faults, calls } = parts;
  const settings = (): SandboxSettings => ({ ...workspace.settings, limits: limiter.enabled });
  return {
    addFault: (order) => (order.platform === "telegram" ? telegram.faults : faults).add(order),
    listFaults: () => [...faults.list(), ...telegram.faults.list()],
    clearFaults: (id) => faults.clear(id) + telegram.faults.clear(id),
    calls: () => calls.report(),
    clearCalls: () => calls.clear(),
    watchCalls: (told) => calls.watch(told),
    truth: () => tellTruth(workspace.world),
    change: (change) => applyChange(workspace.world, change, workspace.nowMs()),
    changeToken({ label, remove = [], add = [], state }) {
      const grants = workspace.tokens.list().filter((grant) => grant.label === label);
      if (grants.length === 0) throw new ImpossibleChange(`no token is called "${label}"`);
      for (const grant of grants) {
        for (const scope of remove) grant.scopes.delete(scope);
        for (const scope of add) grant.scopes.add(scope);
        if (state !== undefined) grant.state = state;
      }
    },
    changeTelegram: (change) => changeTelegram(telegram, change),
    acceptLoginToken: (link, personId) => accept(telegram, link, personId),
    telegramSignIns: () => listSignIns(telegram),
    endTelegramSignIns(personId) {
      const keys = [...telegram.keys()].filter(
        ({ authorization }) => authorization?.account.person.id === personId,
      );
      for (const key of keys) telegram.endAuthorization(key, "SESSION_REVOKED");
      return keys.length;
    },
    settings,
    configure({ limits, ...switches }) {
      Object.assign(workspace.settings, switches);
      if (limits !== undefined) {
        limiter.enabled = limits;
        limiter.clear();
        telegram.budgets.enabled = limits;
        telegram.budgets.clear();
      }
      return settings();
    },
  };
}

function changeTelegram(side: TelegramSide, change: unknown): void {
  side.worldHalf.change(change, {
    world: side.world,
    findAccount: (userId) => side.accounts.find(userId),
    accountOf: (person) => side.accounts.of(person),
    updates: side.updates.desk(null),
    nowS: Math.floor(side.nowMs() / 1_000),
  });
}

function listSignIns(side: TelegramSide): TelegramSignInFacts[] {
  return [...side.keys()].flatMap(({ authorization, client }) => {
    if (!authorization) return [];
    const { account, createdS } = authorization;
    return [
      {
        personId: account.person.id,
        userId: String(account.userId),
        device: client?.deviceModel ?? "",
        createdAtMs: createdS * 1_000,
      },
    ];
  });
}

function accept(side: TelegramSide, link: string, personId: string): void {
  const person = side.world.people.find(({ id }) => id === personId);
  const account = person && side.accounts.of(person);
  if (!account) throw new ImpossibleChange(`no person ${personId} with a Telegram account in this world`);
  const token = Buffer.from(link.replace(/^tg:\/\/login\?token=/, ""), "base64url");
  try {
    acceptLoginToken(side, token, account, Math.floor(side.nowMs() / 1_000));
  } catch (error) {
    if (!(error instanceof RpcError)) throw error;
    throw new ImpossibleChange(`the token cannot be accepted: ${error.message}`);
  }
}
