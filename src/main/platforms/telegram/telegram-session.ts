import type { Failure } from "#shared/domain/failure.ts";
import type { Wait } from "#shared/domain/job.ts";
import type { TelegramChange } from "#shared/domain/telegram-change.ts";
import type { Result } from "#shared/lib/result.ts";
import type { LookAgain } from "#shared/lib/sight.ts";

/** Another data centre than Telegram's own: a test server or the sandbox. */
export interface TelegramServer {
  readonly host: string;
  readonly port: number;
  /** The server's RSA public key. With it set, no key of the real Telegram is accepted. */
  readonly publicKeyPem: string;
}

/** The application that signs in (my.telegram.org). The hash is a secret. */
export interface TelegramApp {
  readonly apiId: number;
  readonly apiHash: string;
}

export interface TelegramSelf {
  readonly userId: string;
  readonly username: string | null;
  readonly displayName: string;
}

export interface TelegramUser {
  readonly userId: string;
  readonly username: string | null;
  readonly displayName: string;
  readonly isDeactivated: boolean;
  readonly isBot: boolean;
}

/** What this account may do in a group. `rename` is an admin who may change the title. */
export type TelegramRight = "owner" | "rename" | "admin" | "member";

/**
 * What this account may change in a group, by its own rights, what was taken from it, and what the group leaves open to
 * every member; null where the answer does not say.
 */
export interface TelegramAbilities {
  /** The title, and whether new members see the history. */
  readonly changeInfo: boolean | null;
  readonly addPeople: boolean | null;
  /** Null for a member of a basic group, who may take out whom they put in. */
  readonly removePeople: boolean | null;
}

export interface TelegramGroup {
  /** The id without any prefix, as decimal text. Basic groups and channels count separately. */
  readonly groupId: string;
  readonly kind: "basic" | "supergroup" | "forum" | "broadcast";
  readonly title: string;
  /** A public address; a group with one can be entered by anybody. */
  readonly username: string | null;
  /** Null where the answer does not say. */
  readonly memberCount: number | null;
  readonly right: TelegramRight;
  readonly may: TelegramAbilities;
  /** The account was removed from it, or it no longer exists. */
  readonly isClosed: boolean;
  /** The supergroup a basic group was turned into. */
  readonly migratedTo: string | null;
}

/** What only the full description of a group says. */
export interface TelegramGroupFacts {
  readonly memberCount: number;
  /** New members do not see what was written before they came. */
  readonly isHistoryHidden: boolean;
  /** This account may ask for the member list. */
  readonly canReadMembers: boolean;
  /** Only admins are listed to those who are not admins themselves. */
  readonly areMembersHidden: boolean;
  /** The basic group this supergroup was. */
  readonly migratedFrom: string | null;
}

/** Somebody with rights in a group. */
export interface TelegramAdmin {
  readonly user: TelegramUser;
  readonly right: "owner" | "rename" | "admin";
  readonly mayInvite: boolean;
  readonly mayBan: boolean;
}

/**
 * By which hash an account may address a channel, or somebody it asked for. Worth little to others, but it names ids: it
 * belongs where the rest is kept, and to the session that learnt it.
 */
export interface TelegramPeer {
  readonly kind: "user" | "channel";
  readonly peerId: string;
  /** Null for one that the server did not take: it is to be forgotten. */
  readonly accessHash: string | null;
  /** By which a person was found, in lower case. */
  readonly username: string | null;
}

export interface TelegramCallOptions {
  readonly signal: AbortSignal;
}

export interface TelegramPage<Item> {
  readonly items: readonly Item[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}

/** One page of a member list. */
export interface TelegramMembers {
  readonly userIds: readonly string[];
  /** What the server says the whole list holds; a list that ends short of it is incomplete. */
  readonly total: number;
  /** Basic groups tell by whom each member was put in; empty for others. */
  readonly inviters: ReadonlyMap<string, string>;
  readonly nextCursor: string | null;
}

export interface TelegramUsage {
  readonly calls: number;
  readonly waitedMs: number;
  readonly callsByMethod: Readonly<Record<string, number>>;
}

/** What a group is called by: the id and whether it is a basic group decide the method. */
export interface TelegramGroupRef {
  readonly groupId: string;
  readonly kind: TelegramGroup["kind"];
}

/**
 * One signed-in Telegram account, in our words; no type of the library leaves this folder. Every call has a deadline,
 * is paced, obeys every flood wait exactly and reports it, and settles whatever happens to the connection. Groups
 * can be asked about once a listing of this session (or of an earlier one) has named them.
 */
export interface TelegramSession {
  fetchSelf(options: TelegramCallOptions): Promise<Result<TelegramSelf, Failure>>;
  /** Every group, supergroup and channel in the account's list of chats; 100 a page. */
  fetchGroups(
    options: TelegramCallOptions & { readonly cursor: string | null },
  ): Promise<Result<TelegramPage<TelegramGroup>, Failure>>;
  /** Groups of one of the account's folders, by the folder's title; null when there is no such folder. */
  fetchFolder(
    options: TelegramCallOptions & { readonly title: string },
  ): Promise<Result<readonly string[] | null, Failure>>;
  /** Groups that this account and `userId` are both in; up to 100 a page. May miss groups with hidden members. */
  fetchCommonGroups(
    options: TelegramCallOptions & { readonly userId: string; readonly cursor: string | null },
  ): Promise<Result<TelegramPage<TelegramGroup>, Failure>>;
  fetchGroupFacts(
    options: TelegramCallOptions & { readonly group: TelegramGroupRef },
  ): Promise<Result<TelegramGroupFacts, Failure>>;
  /** Members, 200 a page; basic groups answer whole. */
  fetchMembers(
    options: TelegramCallOptions & { readonly group: TelegramGroupRef; readonly cursor: string | null },
  ): Promise<Result<TelegramMembers, Failure>>;
  /** Is this one person in the group? A real answer either way; basic groups have no such question. */
  fetchMembership(
    options: TelegramCallOptions & { readonly group: TelegramGroupRef; readonly userId: string },
  ): Promise<Result<"present" | "absent", Failure>>;
  /** People this session has met, by id; those it cannot address are left out. */
  fetchUsers(
    options: TelegramCallOptions & { readonly userIds: readonly string[] },
  ): Promise<Result<readonly TelegramUser[], Failure>>;
  /**
   * Null when nobody has this username. Telegram allows few of these look-ups a day, so somebody who was found by it
   * before is asked for by id, and looked up only if the name is not theirs any more.
   */
  findUserByUsername(
    options: TelegramCallOptions & { readonly username: string },
  ): Promise<Result<TelegramUser | null, Failure>>;
  sendMessage(
    options: TelegramCallOptions & {
      readonly to: "self" | TelegramGroupRef | { readonly userId: string };
      readonly text: string;
      /** Decimal text of 64 bits, kept by the caller: with the same one Telegram takes a repetition for the same message. */
      readonly randomId?: string;
    },
  ): Promise<Result<{ readonly messageId: string | null }, Failure>>;
  /**
   * Puts one person into a group. `already-in` also when somebody else was faster. `telegram/privacy-restricted`,
   * `telegram/not-mutual-contact`, `telegram/too-many-groups`, `telegram/group-full`, `telegram/banned-there`,
   * `telegram/admin-needed`, `telegram/account-limited`.
   *
   * This and every change below is never repeated by itself: `network/*` and `telegram/bad-answer` leave it open whether
   * it was done.
   */
  addToGroup(
    options: TelegramCallOptions & { readonly group: TelegramGroupRef; readonly userId: string },
  ): Promise<Result<"added" | "already-in", Failure>>;
  /** Takes one person out of a group, so that they may be added again. `telegram/admin-needed`, `telegram/cannot-remove`. */
  removeFromGroup(
    options: TelegramCallOptions & { readonly group: TelegramGroupRef; readonly userId: string },
  ): Promise<Result<"removed" | "was-not-in", Failure>>;
  /**
   * Lifts the ban that `removeFromGroup` left where it was cut off before it could do so itself. An administrator's ban
   * is none of ours and stays: `none`.
   */
  liftRemovalBan(
    options: TelegramCallOptions & { readonly group: TelegramGroupRef; readonly userId: string },
  ): Promise<Result<"lifted" | "none", Failure>>;
  /**
   * `unchanged` when it has this title. `telegram/admin-needed`, `telegram/name-invalid`. With `lookAgain`, a rename that
   * had to wait is sent only if that says yes, and rejects with `NotSent` otherwise.
   */
  renameGroup(
    options: TelegramCallOptions & {
      readonly group: TelegramGroupRef;
      readonly title: string;
      readonly lookAgain?: LookAgain;
    },
  ): Promise<Result<"renamed" | "unchanged", Failure>>;
  /** Whether new members see what was written before they came; basic groups have no such setting (`telegram/refused`). */
  setHistoryVisible(
    options: TelegramCallOptions & { readonly group: TelegramGroupRef; readonly visible: boolean },
  ): Promise<Result<"changed" | "unchanged", Failure>>;
  /** A supergroup, owned by this account. Not recognised as a repetition: look before calling it again. */
  createGroup(
    options: TelegramCallOptions & { readonly title: string; readonly about: string },
  ): Promise<Result<TelegramGroup, Failure>>;
  setAbout(
    options: TelegramCallOptions & { readonly group: TelegramGroupRef; readonly about: string },
  ): Promise<Result<"changed" | "unchanged", Failure>>;
  pinMessage(
    options: TelegramCallOptions & { readonly group: TelegramGroupRef; readonly messageId: string },
  ): Promise<Result<void, Failure>>;
  /** A link by which whoever has it can enter. `telegram/admin-needed`. */
  createInviteLink(
    options: TelegramCallOptions & { readonly group: TelegramGroupRef; readonly title: string },
  ): Promise<Result<string, Failure>>;
  /** Owner and admins, as far as this account is shown them. */
  fetchAdmins(
    options: TelegramCallOptions & { readonly group: TelegramGroupRef },
  ): Promise<Result<readonly TelegramAdmin[], Failure>>;
  /** The group as it is now: its title, our right in it. `telegram/group-not-found` once it is gone for us. */
  fetchGroup(
    options: TelegramCallOptions & { readonly group: TelegramGroupRef },
  ): Promise<Result<TelegramGroup, Failure>>;
  /** Ends this session on the server. */
  signOut(options: TelegramCallOptions): Promise<Result<void, Failure>>;
  watchChanges(listener: (change: TelegramChange) => void): () => void;
  watchWaits(listener: (wait: Wait | null) => void): () => void;
  usage(): TelegramUsage;
  /** Lets go of every socket; calls in flight end with `network/unreachable`. Calling it twice is harmless. */
  close(): Promise<void>;
}

/** One step of a sign-in, as the operator sees it. */
export type TelegramSignInStep =
  | { readonly step: "phone" }
  | {
      readonly step: "code";
      readonly phone: string;
      /** Where the code went. */
      readonly sentBy: "app" | "sms" | "call" | "email" | "other";
      readonly length: number | null;
      /** When another code may be asked for; null when it may not. */
      readonly resendAtMs: number | null;
    }
  | { readonly step: "password"; readonly hint: string | null }
  /** Shown as a picture to be scanned by a signed-in phone; renewed by itself until `expiresAtMs`. */
  | { readonly step: "qr"; readonly link: string; readonly expiresAtMs: number }
  | { readonly step: "done"; readonly self: TelegramSelf };

/**
 * An interactive sign-in. Every answer is the next step, or a failure after which the same step can be tried again:
 * `telegram/code-invalid`, `telegram/code-expired`, `telegram/password-invalid`, `telegram/phone-invalid`,
 * `telegram/app-invalid`, `telegram/flood-wait` (`untilMs`), `network/*`.
 */
export interface TelegramSignIn {
  sendCode(phone: string): Promise<Result<TelegramSignInStep, Failure>>;
  resendCode(): Promise<Result<TelegramSignInStep, Failure>>;
  submitCode(code: string): Promise<Result<TelegramSignInStep, Failure>>;
  submitPassword(password: string): Promise<Result<TelegramSignInStep, Failure>>;
  /**
   * Steps of signing in by QR code, each renewal one; ends with `password` or `done`. Where the watching is given up
   * before, the code shown last signs nobody in any more.
   */
  watchQr(signal: AbortSignal): AsyncIterable<Result<TelegramSignInStep, Failure>>;
  /** After `done`: the secret to keep. */
  secret(): string;
  /**
   * Lets go of the connection. Before `done`, nobody is left signed in by it, whatever was on its way; after it, the
   * session is the caller's. Takes a few seconds at most.
   */
  cancel(): Promise<void>;
}
