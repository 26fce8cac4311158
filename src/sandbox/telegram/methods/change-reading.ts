import { ImpossibleChange } from "#sandbox/world/changes.ts";
import type { World } from "#sandbox/world/model.ts";
import type { TelegramGroup, TelegramUser } from "#sandbox/world/telegram-model.ts";
import { findGroup } from "#sandbox/world/telegram-world.ts";

/** A change as the control API got it. Every reader throws `ImpossibleChange` that names what does not fit. */
export interface ReadChange {
  readonly kind: string;
  has(name: string): boolean;
  text(name: string): string;
  flag(name: string, fallback: boolean): boolean;
  list(name: string): string[];
  choice<T extends string>(name: string, choices: readonly [T, ...T[]]): T;
  countOrNull(name: string): number | null;
  /** By client id or marked id. A group that was deleted or became another cannot change any more. */
  group(name?: string): TelegramGroup;
  groups(name: string): TelegramGroup[];
  /** By Telegram user id or person id. */
  user(name?: string): TelegramUser;
  users(name: string): TelegramUser[];
}

export function readChange(body: unknown, world: World): ReadChange {
  if (typeof body !== "object" || body === null || Array.isArray(body)) {
    throw new ImpossibleChange("the body must be a JSON object");
  }
  const fields = body as Readonly<Record<string, unknown>>;
  const { telegram } = world;

  function groupBy(id: unknown): TelegramGroup {
    const group = findGroup(telegram, Number(id));
    if (!group) throw new ImpossibleChange(`no Telegram group ${String(id)} in this world`);
    if (group.isDeleted || group.migratedTo !== null)
      throw new ImpossibleChange(`group ${String(id)} is gone`);
    return group;
  }

  function userBy(id: unknown): TelegramUser {
    const byPerson = telegram.users.find((user) => user.person?.id === id);
    const user = byPerson ?? telegram.userById.get(Number(id));
    if (!user) throw new ImpossibleChange(`no Telegram user ${String(id)} in this world`);
    return user;
  }

  function list(name: string): unknown[] {
    const value = fields[name] ?? [];
    if (!Array.isArray(value)) throw new ImpossibleChange(`${name} must be a list`);
    return value as unknown[];
  }

  const change: ReadChange = {
    kind: String(fields["kind"]),
    has: (name) => fields[name] !== undefined,
    text(name) {
      const value = fields[name];
      if (typeof value !== "string" || value === "")
        throw new ImpossibleChange(`${change.kind} needs ${name}`);
      return value;
    },
    flag(name, fallback) {
      const value = fields[name] ?? fallback;
      if (typeof value !== "boolean") throw new ImpossibleChange(`${name} must be true or false`);
      return value;
    },
    list: (name) => list(name).map(String),
    choice(name, choices) {
      const value = fields[name] ?? choices[0];
      const found = choices.find((one) => one === value);
      if (!found) throw new ImpossibleChange(`${name} must be one of ${choices.join(", ")}`);
      return found;
    },
    countOrNull(name) {
      const value = fields[name] ?? null;
      if (value !== null && (typeof value !== "number" || !Number.isInteger(value) || value < 0)) {
        throw new ImpossibleChange(`${name} must be a whole number or null`);
      }
      return value;
    },
    group: (name = "group") => groupBy(fields[name]),
    groups: (name) => list(name).map(groupBy),
    user: (name = "user") => userBy(fields[name]),
    users: (name) => list(name).map(userBy),
  };
  return change;
}
