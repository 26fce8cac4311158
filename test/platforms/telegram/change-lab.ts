import type { TelegramGroupRef, TelegramSession } from "#main/platforms/telegram/index.ts";
import type { Sandbox, SandboxOptions } from "#sandbox/start-sandbox.ts";
import type { TelegramTruthGroup } from "#sandbox/world/telegram-truth.ts";
import type { TruthPerson } from "#sandbox/world/truth.ts";
import { openSandbox } from "#test/sandbox/open-sandbox.ts";
import { accountOf, never, openSession, signIn, valueOf } from "./telegram-lab.ts";

export interface ChangeLab {
  readonly sandbox: Sandbox;
  readonly session: TelegramSession;
  readonly selfId: string;
  /** A group of this kind that the account is in and owns. */
  own(kind: TelegramTruthGroup["kind"]): TelegramTruthGroup;
  /** Somebody of the team who is not in the group, lets everybody add them, and whom the session has met. */
  meetStranger(group: TelegramTruthGroup): Promise<string>;
  /** Somebody of the team who is in the group and no admin there, and whom the session has met. */
  meetMember(group: TelegramTruthGroup): Promise<string>;
  /** The group as it is now. */
  now(group: { readonly id: string }): TelegramTruthGroup;
  isIn(group: { readonly id: string }, userId: string): boolean;
  change(change: Record<string, unknown>): void;
  callsOf(method: string): number;
}

/** The token owner's account, signed in to a small world. */
export async function openChangeLab(
  options: SandboxOptions = {},
  session: Parameters<typeof openSession>[1] = {},
): Promise<ChangeLab> {
  const sandbox = await openSandbox(options);
  const opened = openSession(await signIn(sandbox), session);
  const selfId = String(accountOf(sandbox).userId);
  const { control } = sandbox;
  const groups = (): TelegramTruthGroup[] =>
    control.truth().groups.filter((group) => group.platform === "telegram");
  const now = ({ id }: { readonly id: string }): TelegramTruthGroup =>
    groups().find((group) => group.id === id) as TelegramTruthGroup;

  async function meet(fits: (person: TruthPerson) => boolean): Promise<string> {
    const person = control
      .truth()
      .people.find(
        (one) =>
          one.team &&
          !one.bot &&
          one.telegramUsername !== null &&
          one.telegramUserId !== null &&
          String(one.telegramUserId) !== selfId &&
          fits(one),
      );
    if (!person) throw new Error("nobody of the team fits");
    const found = await opened.findUserByUsername({ username: person.telegramUsername ?? "", signal: never });
    return valueOf(found)!.userId;
  }

  return {
    sandbox,
    session: opened,
    selfId,
    own(kind) {
      const group = groups().find(
        (one) => one.kind === kind && one.visibleToAccount && one.username === null,
      )!;
      control.changeTelegram({ kind: "set-owner", group: group.id, user: selfId });
      return now(group);
    },
    async meetStranger(group) {
      const userId = await meet((one) => !group.memberIds.includes(String(one.telegramUserId)));
      control.changeTelegram({ kind: "set-privacy", user: userId, privacy: "everybody" });
      control.changeTelegram({ kind: "fill-channels", user: userId, on: false });
      return userId;
    },
    async meetMember(group) {
      const userId = await meet((one) => group.memberIds.includes(String(one.telegramUserId)));
      control.changeTelegram({ kind: "set-admin", group: group.id, user: userId, rights: [] });
      return userId;
    },
    now,
    isIn: (group, userId) => now(group).memberIds.includes(userId),
    change: (change) => control.changeTelegram(change),
    callsOf: (method) => control.calls().counts[method] ?? 0,
  };
}

/** The kinds of the truth in our words. */
const KINDS = { basic: "basic", supergroup: "supergroup", forum: "forum", channel: "broadcast" } as const;

export function refOf({ id, kind }: TelegramTruthGroup): TelegramGroupRef {
  return { groupId: id, kind: KINDS[kind] };
}
