import type {
  TelegramGroup,
  TelegramGroupFacts,
  TelegramPage,
  TelegramSession,
  TelegramUser,
} from "#main/platforms/telegram/telegram-session.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { Wait } from "#shared/domain/job.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";

export interface ScriptedChat {
  id: string;
  title: string;
  kind?: TelegramGroup["kind"];
  members: string[];
  /** Of the members; what is left of them when the list is hidden. */
  admins?: string[];
  hidesMembers?: boolean;
  hidesHistory?: boolean;
  username?: string;
  right?: TelegramGroup["right"];
  /** What the right brings in a group that leaves its members nothing, unless told. */
  may?: TelegramGroup["may"];
  /** By whom members of a basic group were put in. */
  inviters?: Record<string, string>;
  migratedTo?: string;
  migratedFrom?: string;
}

export interface ScriptedAccount {
  id: string;
  username?: string;
  isDeactivated?: boolean;
  /** The session has not met them: they can be asked about only after a look-up of their username, or a list, named them. */
  isStranger?: boolean;
}

export type ScriptedTelegramMethod =
  "groups" | "folder" | "common" | "facts" | "members" | "person" | "users" | "name" | "admins";

export interface ScriptedTelegramCall {
  readonly method: ScriptedTelegramMethod;
  /** The group (and person) or person it is about; empty for listings of everything. */
  readonly subject: string;
  readonly cursor: string | null;
}

/** A small Telegram in memory, as one account sees it. Its world may be changed while it is being read. */
export interface ScriptedTelegram {
  readonly chats: ScriptedChat[];
  readonly accounts: ScriptedAccount[];
  readonly folders: Record<string, string[]>;
  readonly calls: ScriptedTelegramCall[];
  /** Whether asking about one person is refused where the member list is hidden. */
  refusesHiddenPeople: boolean;
  /** Asked before every call; a failure is the answer. May wait, throw, or change the world. */
  before: (call: ScriptedTelegramCall, at: number) => Failure | null | Promise<Failure | null>;
  readonly session: TelegramSession;
  showWait(wait: Wait | null): void;
}

const ALL = { changeInfo: true, addPeople: true, removePeople: true };
const MAY: Readonly<Record<TelegramGroup["right"], TelegramGroup["may"]>> = {
  owner: ALL,
  rename: ALL,
  admin: { changeInfo: false, addPeople: true, removePeople: true },
  member: { changeInfo: false, addPeople: false, removePeople: false },
};

/** `owner` is the signed-in account; everybody who is a member of something exists. */
export function createScriptedTelegram(world: {
  readonly owner: string;
  readonly chats: ScriptedChat[];
  readonly accounts?: ScriptedAccount[];
  readonly folders?: Record<string, string[]>;
  readonly pageSize?: number;
}): ScriptedTelegram {
  const { owner, chats, accounts = [], folders = {}, pageSize = 100 } = world;
  const calls: ScriptedTelegramCall[] = [];
  const waits = new Set<(wait: Wait | null) => void>();
  const met = new Set<string>();

  async function answer<Value>(
    call: ScriptedTelegramCall,
    signal: AbortSignal,
    make: () => Result<Value, Failure>,
  ): Promise<Result<Value, Failure>> {
    signal.throwIfAborted();
    const at = calls.push(call) - 1;
    const refusal = await telegram.before(call, at);
    signal.throwIfAborted();
    return refusal ? err(refusal) : make();
  }

  /** A cursor is the place of the next item, as Telegram's offsets are. */
  function pageOf<Item>(items: readonly Item[], cursor: string | null): TelegramPage<Item> {
    const start = Number(cursor ?? 0);
    const end = start + pageSize;
    return { items: items.slice(start, end), nextCursor: end < items.length ? String(end) : null };
  }

  const isBasic = (chat: ScriptedChat) => chat.kind === "basic";
  const isAdmin = (chat: ScriptedChat) => (chat.right ?? "member") !== "member";
  const showsMembers = (chat: ScriptedChat) => !chat.hidesMembers || isAdmin(chat);

  const asGroup = (chat: ScriptedChat): TelegramGroup => ({
    groupId: chat.id,
    kind: chat.kind ?? "supergroup",
    title: chat.title,
    username: chat.username ?? null,
    // Telegram counts the members of basic groups only, outside of a description.
    memberCount: isBasic(chat) ? chat.members.length : null,
    right: chat.right ?? "member",
    may: chat.may ?? MAY[chat.right ?? "member"],
    isClosed: chat.migratedTo !== undefined,
    migratedTo: chat.migratedTo ?? null,
  });

  const factsOf = (chat: ScriptedChat): TelegramGroupFacts => ({
    memberCount: chat.members.length,
    isHistoryHidden: chat.hidesHistory ?? false,
    canReadMembers: showsMembers(chat),
    areMembersHidden: chat.hidesMembers ?? false,
    migratedFrom: chat.migratedFrom ?? null,
  });

  const asUser = (account: ScriptedAccount): TelegramUser => ({
    userId: account.id,
    username: account.username ?? null,
    displayName: account.id,
    isDeactivated: account.isDeactivated ?? false,
    isBot: false,
  });

  function findChat(id: string): Result<ScriptedChat, Failure> {
    const chat = chats.find((each) => each.id === id && each.migratedTo === undefined);
    return chat?.members.includes(owner) ? ok(chat) : err(failure("telegram/group-not-found"));
  }

  function findMet(userId: string): ScriptedAccount | null {
    const account = accounts.find(({ id }) => id === userId);
    if (account) return account.isStranger && !met.has(userId) ? null : account;
    return chats.some((chat) => chat.members.includes(userId)) ? { id: userId } : null;
  }

  const unused = () => Promise.reject(new Error("an audit does not call this"));

  const telegram: ScriptedTelegram = {
    chats,
    accounts,
    folders,
    calls,
    refusesHiddenPeople: false,
    before: () => null,
    showWait: (wait) => waits.forEach((listener) => listener(wait)),
    session: {
      fetchSelf: unused,
      sendMessage: unused,
      addToGroup: unused,
      removeFromGroup: unused,
      liftRemovalBan: unused,
      renameGroup: unused,
      setHistoryVisible: unused,
      createGroup: unused,
      setAbout: unused,
      pinMessage: unused,
      createInviteLink: unused,
      fetchAdmins: ({ group, signal }) =>
        answer({ method: "admins", subject: group.groupId, cursor: null }, signal, () => {
          const chat = findChat(group.groupId);
          if (!chat.ok) return chat;
          const admins = (chat.value.admins ?? []).map((id) => ({
            user: asUser(findMet(id) ?? { id }),
            right: "admin" as const,
            mayInvite: true,
            mayBan: true,
          }));
          return ok(admins);
        }),
      fetchGroup: unused,
      signOut: unused,
      fetchGroups: ({ cursor, signal }) =>
        answer({ method: "groups", subject: "", cursor }, signal, () =>
          ok(pageOf(chats.filter((chat) => chat.members.includes(owner)).map(asGroup), cursor)),
        ),
      fetchFolder: ({ title, signal }) =>
        answer({ method: "folder", subject: title, cursor: null }, signal, () => ok(folders[title] ?? null)),
      fetchCommonGroups: ({ userId, cursor, signal }) =>
        answer({ method: "common", subject: userId, cursor }, signal, () => {
          const account = findMet(userId);
          if (!account) return err(failure("telegram/not-met"));
          const common = account.isDeactivated
            ? []
            : chats.filter(
                (chat) =>
                  chat.members.includes(owner) &&
                  chat.members.includes(userId) &&
                  (showsMembers(chat) || (chat.admins ?? []).includes(userId)),
              );
          return ok(pageOf(common.map(asGroup), cursor));
        }),
      fetchGroupFacts: ({ group, signal }) =>
        answer({ method: "facts", subject: group.groupId, cursor: null }, signal, () => {
          const chat = findChat(group.groupId);
          return chat.ok ? ok(factsOf(chat.value)) : chat;
        }),
      fetchMembers: ({ group, cursor, signal }) =>
        answer({ method: "members", subject: group.groupId, cursor }, signal, () => {
          const chat = findChat(group.groupId);
          if (!chat.ok) return chat;
          const visible = showsMembers(chat.value) ? chat.value.members : (chat.value.admins ?? []);
          const inviters = new Map(Object.entries(chat.value.inviters ?? {}));
          const page = isBasic(chat.value)
            ? { items: visible, nextCursor: null }
            : pageOf(visible.slice(0, 10_000), cursor);
          for (const userId of page.items) met.add(userId);
          return ok({ userIds: page.items, total: visible.length, inviters, nextCursor: page.nextCursor });
        }),
      fetchMembership: ({ group, userId, signal }) =>
        answer({ method: "person", subject: `${group.groupId} ${userId}`, cursor: null }, signal, () => {
          const chat = findChat(group.groupId);
          if (!chat.ok) return chat;
          if (findMet(userId) === null) return err(failure("telegram/not-met"));
          if (telegram.refusesHiddenPeople && !showsMembers(chat.value))
            return err(failure("telegram/not-allowed"));
          return ok(chat.value.members.includes(userId) ? ("present" as const) : ("absent" as const));
        }),
      fetchUsers: ({ userIds, signal }) =>
        answer({ method: "users", subject: userIds.join(" "), cursor: null }, signal, () =>
          ok(userIds.flatMap((userId) => findMet(userId) ?? []).map(asUser)),
        ),
      findUserByUsername: ({ username, signal }) =>
        answer({ method: "name", subject: username, cursor: null }, signal, () => {
          const account = accounts.find((each) => each.username === username);
          if (account) met.add(account.id);
          return ok(account ? asUser(account) : null);
        }),
      usage: () => ({ calls: calls.length, waitedMs: 0, callsByMethod: {} }),
      watchChanges: () => () => {},
      watchWaits: (listener) => {
        waits.add(listener);
        return () => waits.delete(listener);
      },
      close: () => Promise.resolve(),
    },
  };
  return telegram;
}
