import { returnBigInt } from "telegram/Helpers.js";
import { Api } from "telegram/tl/index.js";
import { failure, type Failure } from "#shared/domain/failure.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import {
  createGroup,
  createInviteLink,
  pinMessage,
  renameGroup,
  setAbout,
  setHistoryVisible,
} from "./change-group.ts";
import { addToGroup, liftRemovalBan, removeFromGroup } from "./change-membership.ts";
import { fetchAdmins } from "./fetch-admins.ts";
import { fetchGroup } from "./fetch-group.ts";
import { fetchUsers, findUserByUsername } from "./find-people.ts";
import { strange, unlisted, type Ground } from "./ground.ts";
import { sendMessage } from "./send-message.ts";
import { commonRequest, readCommon } from "./read-shared-groups.ts";
import { dialogsRequest, groupKey, readDialogs, type DialogsPage } from "./read-dialogs.ts";
import { readBasicFacts, readBasicMembers, readChannelFacts, readChatFull } from "./read-facts.ts";
import { isInFolder, needsListing, readFolder } from "./read-folder.ts";
import { membersRequest, readMembers, readMembership } from "./read-members.ts";
import { readSelf } from "./read-user.ts";
import { SessionCore, type TelegramSessionOptions } from "./session-core.ts";
import { parseSecret } from "./secret.ts";
import type {
  TelegramCallOptions,
  TelegramGroupRef,
  TelegramMembers,
  TelegramSelf,
  TelegramSession,
} from "./telegram-session.ts";
import { trustOf } from "./trust.ts";
import { untilAborted } from "./until-aborted.ts";

/**
 * Opens a session: no connection is made before the first call. Fails with `keychain/secret-missing` for a secret
 * that is none, or that belongs to another server, and with `telegram/bad-answer` for a server key that is none.
 */
export function openTelegramSession(options: TelegramSessionOptions): Result<TelegramSession, Failure> {
  const trust = trustOf(options.server ?? null);
  if (!trust.ok) return trust;
  const key = parseSecret(options.secret);
  if (!key) return err(unusable("What is kept there is not a Telegram session."));
  if (key.trust !== trust.value.name) return err(unusable("What is kept there belongs to another server."));
  return ok(new Session(new SessionCore(options, key, trust.value)));
}

function unusable(detail: string): Failure {
  return failure("keychain/secret-missing", { platform: "telegram" }, detail);
}

class Session implements TelegramSession {
  readonly #core: SessionCore;
  readonly #ground: Ground;
  /** Learns the account's channels, once, when one is asked about that no answer has named. */
  #listing: Promise<Result<void, Failure>> | null = null;

  constructor(core: SessionCore) {
    this.#core = core;
    this.#ground = {
      core,
      findChannel: (groupId, method, signal) => this.#findChannel(groupId, method, signal),
      fetchSelf: (options) => this.fetchSelf(options),
      fetchMembership: (options) => this.fetchMembership(options),
    };
  }

  async fetchSelf({ signal }: TelegramCallOptions): Promise<Result<TelegramSelf, Failure>> {
    const self = await this.#core.call(signal, {
      method: "users.getUsers",
      request: new Api.users.GetUsers({ id: [new Api.InputUserSelf()] }),
      read: (answer) => (Array.isArray(answer) ? readSelf(answer[0]) : null),
    });
    if (self.ok) this.#core.noteSelf(self.value.userId);
    return self;
  }

  async fetchGroups({ cursor, signal }: Parameters<TelegramSession["fetchGroups"]>[0]) {
    const page = await this.#fetchDialogs(cursor, signal);
    return page.ok ? ok({ items: page.value.groups, nextCursor: page.value.nextCursor }) : page;
  }

  async fetchFolder({ title, signal }: Parameters<TelegramSession["fetchFolder"]>[0]) {
    const found = await this.#core.call(signal, {
      method: "messages.getDialogFilters",
      request: new Api.messages.GetDialogFilters(),
      read: (answer) => {
        const folder = readFolder(answer, title);
        return folder === null ? null : { folder };
      },
    });
    if (!found.ok) return found;
    const { folder } = found.value;
    if (!folder) return ok(null);
    if (!needsListing(folder)) return ok([...folder.included].filter((groupId) => groupId !== ""));

    const groupIds = new Set<string>();
    for (let cursor: string | null = null; ;) {
      const page: Result<DialogsPage, Failure> = await this.#fetchDialogs(cursor, signal);
      if (!page.ok) return page;
      for (const group of page.value.groups) {
        const isArchived = page.value.archived.has(groupKey(group.kind === "basic", group.groupId));
        if (isInFolder(folder, group, isArchived)) groupIds.add(group.groupId);
      }
      cursor = page.value.nextCursor;
      if (cursor === null) return ok([...groupIds]);
    }
  }

  async fetchCommonGroups({ userId, cursor, signal }: Parameters<TelegramSession["fetchCommonGroups"]>[0]) {
    const method = "messages.getCommonChats";
    const user = this.#core.peers.findUser(userId);
    if (!user) return err(strange(method, userId));
    this.#core.peers.keep(userId);
    const request = commonRequest(user, cursor);
    if (!request) return err(badCursor(method));
    const page = await this.#core.call(signal, {
      method,
      request,
      read: (answer) => readCommon(answer, cursor),
    });
    // Here a peer that is none of the account's is the person.
    if (!page.ok && page.error.facts["telegramError"] === "PEER_ID_INVALID")
      return err(strange(method, userId));
    if (page.ok) this.#core.changes.note(page.value.items, false);
    return page;
  }

  async fetchGroupFacts({ group, signal }: Parameters<TelegramSession["fetchGroupFacts"]>[0]) {
    if (group.kind === "basic") return this.#core.call(signal, fullChat(group, readBasicFacts));
    const method = "channels.getFullChannel";
    return this.#askChannel(group.groupId, method, signal, (channel) =>
      this.#core.call(signal, {
        method,
        request: new Api.channels.GetFullChannel({ channel }),
        read: readChannelFacts,
      }),
    );
  }

  async fetchMembers({ group, cursor, signal }: Parameters<TelegramSession["fetchMembers"]>[0]) {
    if (group.kind === "basic") return this.#fetchBasicMembers(group, signal);
    const method = "channels.getParticipants";
    return this.#askChannel(group.groupId, method, signal, async (channel) => {
      const request = membersRequest(channel, cursor);
      if (!request) return err(badCursor(method));
      return this.#core.call(signal, { method, request, read: (answer) => readMembers(answer, cursor) });
    });
  }

  async fetchMembership({ group, userId, signal }: Parameters<TelegramSession["fetchMembership"]>[0]) {
    if (group.kind === "basic") {
      const members = await this.#fetchBasicMembers(group, signal);
      if (!members.ok) return members;
      return ok(members.value.userIds.includes(userId) ? ("present" as const) : ("absent" as const));
    }
    const method = "channels.getParticipant";
    const found = await this.#askChannel(group.groupId, method, signal, async (channel) => {
      const participant = this.#core.peers.findUserPeer(userId);
      if (!participant) return err(strange(method, userId));
      this.#core.peers.keep(userId);
      const request = new Api.channels.GetParticipant({ channel, participant });
      return this.#core.call(signal, { method, request, read: readMembership });
    });
    const isAbsent = !found.ok && found.error.facts["telegramError"] === "USER_NOT_PARTICIPANT";
    return isAbsent ? ok("absent" as const) : found;
  }

  fetchUsers(options: Parameters<TelegramSession["fetchUsers"]>[0]) {
    return fetchUsers(this.#core, options);
  }

  findUserByUsername(options: Parameters<TelegramSession["findUserByUsername"]>[0]) {
    return findUserByUsername(this.#core, options);
  }

  sendMessage(options: Parameters<TelegramSession["sendMessage"]>[0]) {
    return sendMessage(this.#ground, options);
  }

  addToGroup(options: Parameters<TelegramSession["addToGroup"]>[0]) {
    return addToGroup(this.#ground, options);
  }

  removeFromGroup(options: Parameters<TelegramSession["removeFromGroup"]>[0]) {
    return removeFromGroup(this.#ground, options);
  }

  liftRemovalBan(options: Parameters<TelegramSession["liftRemovalBan"]>[0]) {
    return liftRemovalBan(this.#ground, options);
  }

  renameGroup(options: Parameters<TelegramSession["renameGroup"]>[0]) {
    return renameGroup(this.#ground, options);
  }

  setHistoryVisible(options: Parameters<TelegramSession["setHistoryVisible"]>[0]) {
    return setHistoryVisible(this.#ground, options);
  }

  createGroup(options: Parameters<TelegramSession["createGroup"]>[0]) {
    return createGroup(this.#ground, options);
  }

  setAbout(options: Parameters<TelegramSession["setAbout"]>[0]) {
    return setAbout(this.#ground, options);
  }

  pinMessage(options: Parameters<TelegramSession["pinMessage"]>[0]) {
    return pinMessage(this.#ground, options);
  }

  createInviteLink(options: Parameters<TelegramSession["createInviteLink"]>[0]) {
    return createInviteLink(this.#ground, options);
  }

  fetchAdmins(options: Parameters<TelegramSession["fetchAdmins"]>[0]) {
    return fetchAdmins(this.#ground, options);
  }

  fetchGroup(options: Parameters<TelegramSession["fetchGroup"]>[0]) {
    return fetchGroup(this.#ground, options);
  }

  async signOut({ signal }: TelegramCallOptions): Promise<Result<void, Failure>> {
    const request = new Api.auth.LogOut();
    const ended = await this.#core.call(signal, { method: "auth.logOut", request, read: () => true });
    // A session that is not known any more is as ended as it can be.
    if (!ended.ok && ended.error.code !== "telegram/session-revoked") return ended;
    await this.close();
    return ok(undefined);
  }

  watchChanges(listener: Parameters<TelegramSession["watchChanges"]>[0]): () => void {
    return this.#core.watchChanges(listener);
  }

  watchWaits(listener: Parameters<TelegramSession["watchWaits"]>[0]): () => void {
    return this.#core.waits.watch(listener);
  }

  usage(): ReturnType<TelegramSession["usage"]> {
    return this.#core.usage();
  }

  close(): Promise<void> {
    this.#core.close();
    return Promise.resolve();
  }

  async #fetchDialogs(cursor: string | null, signal: AbortSignal): Promise<Result<DialogsPage, Failure>> {
    const method = "messages.getDialogs";
    const request = dialogsRequest(cursor);
    if (!request) return err(badCursor(method));
    const read = (answer: unknown): DialogsPage | null => readDialogs(answer, cursor);
    const page = await this.#core.call(signal, { method, request, read });
    if (page.ok) this.#core.noteDialogs(page.value);
    return page;
  }

  async #fetchBasicMembers(
    group: TelegramGroupRef,
    signal: AbortSignal,
  ): Promise<Result<TelegramMembers, Failure>> {
    const full = await this.#core.call(signal, fullChat(group, readChatFull));
    if (!full.ok) return full;
    const members = readBasicMembers(full.value);
    if (members) return ok(members);
    const facts = { method: "messages.getFullChat", telegramError: "PARTICIPANTS_FORBIDDEN" };
    return err(failure("telegram/not-allowed", facts));
  }

  /** Asks about a channel; once more, by what a listing says, when it is not known by what an earlier session learnt. */
  async #askChannel<Value>(
    groupId: string,
    method: string,
    signal: AbortSignal,
    ask: (channel: Api.InputChannel) => Promise<Result<Value, Failure>>,
  ): Promise<Result<Value, Failure>> {
    const channel = await this.#findChannel(groupId, method, signal);
    if (!channel.ok) return channel;
    const answer = await ask(channel.value);
    if (answer.ok || answer.error.facts["telegramError"] !== "CHANNEL_INVALID") return answer;
    const listed = await this.#findChannel(groupId, method, signal);
    return listed.ok ? ask(listed.value) : answer;
  }

  async #findChannel(
    groupId: string,
    method: string,
    signal: AbortSignal,
  ): Promise<Result<Api.InputChannel, Failure>> {
    const known = this.#core.peers.findChannel(groupId);
    if (known) return ok(known);
    this.#listing ??= this.#listAll();
    const listing = this.#listing;
    const listed = await untilAborted(listing, signal);
    if (!listed.ok) {
      if (this.#listing === listing) this.#listing = null;
      return listed;
    }
    const found = this.#core.peers.findChannel(groupId);
    return found ? ok(found) : err(unlisted(method));
  }

  /** Reads the list of chats for the addresses in it; whoever asks meanwhile waits for the same reading. */
  async #listAll(): Promise<Result<void, Failure>> {
    for (let cursor: string | null = null; ;) {
      const page: Result<DialogsPage, Failure> = await this.#fetchDialogs(cursor, this.#core.closing);
      if (!page.ok) return page;
      cursor = page.value.nextCursor;
      if (cursor === null) return ok(undefined);
    }
  }
}

function fullChat<Value>({ groupId }: TelegramGroupRef, read: (answer: unknown) => Value | null) {
  const request = new Api.messages.GetFullChat({ chatId: returnBigInt(groupId) });
  return { method: "messages.getFullChat", request, read };
}

function badCursor(method: string): Failure {
  return failure(
    "telegram/bad-answer",
    { method, problem: "cursor" },
    "The place to go on from is not one of ours.",
  );
}
