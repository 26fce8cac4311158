/** A Telegram group as updates name it. The ids of basic groups and of channels count separately. */
interface ChangedGroup {
  readonly groupId: string;
  readonly isBasic: boolean;
}

/** Something that happened in Telegram while a session was listening; broadcast channels are left out. */
export type TelegramChange =
  | (ChangedGroup & { readonly change: "group-new" | "group-gone"; readonly title: string })
  | (ChangedGroup & {
      readonly change: "group-renamed";
      readonly before: string | null;
      readonly title: string;
    })
  | (ChangedGroup & { readonly change: "member-joined" | "member-left"; readonly userId: string })
  /** A basic group is the supergroup `toGroupId` from now on: the same people and history by another id. */
  | (ChangedGroup & {
      readonly change: "group-migrated";
      readonly toGroupId: string;
      readonly title: string;
    })
  /** More was missed than Telegram tells, or than is worth asking for: what is known may be old. */
  | { readonly change: "missed" };
