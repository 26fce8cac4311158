import { z } from "zod";
import type { ItemEnd, JobItem } from "#main/jobs/job-kind.ts";
import {
  insertDenial,
  insertSightings,
  listSightingsOfGroup,
  setGroupFacts,
  setPeopleEvidence,
  setRoster,
  type RunGroupRow,
} from "#main/store/queries/coverage-evidence.ts";
import type { Writer } from "#main/store/store.ts";
import type { Failure } from "#shared/domain/failure.ts";
import { judgeRoster } from "../policy/telegram-proof.ts";
import {
  accountsWantedIn,
  endAfterFailure,
  restartItem,
  saveUsage,
  type TelegramAudit,
} from "../audit/connection-audit.ts";
import { askedGroup, isAdminOf } from "./asked-group.ts";
import { askMeeting, isNotMet } from "./meet-accounts.ts";
import { saveFacts } from "./read-facts.ts";

const Checkpoint = z.object({ cursor: z.string(), counted: z.number() }).nullish();

/**
 * `asked`: what was learnt is stored, and the next call can be decided; `unknown-person`: likewise, but the
 * account has not met the person, so there is no asking about them. Otherwise the item ends for now.
 */
export type Asked = "asked" | "unknown-person" | ItemEnd;

/** Reads the group's description. */
export async function askForFacts(audit: TelegramAudit, item: JobItem, group: RunGroupRow): Promise<Asked> {
  const facts = await audit.source.fetchFacts({ group: askedGroup(group), signal: item.signal });
  if (!facts.ok) return failed(audit, item, group, facts.error);
  await item.saveCheckpoint(null, async (writer) => {
    await saveFacts(audit, writer, group, facts.value);
    await saveUsage(audit, writer);
  });
  return "asked";
}

/**
 * Reads the member list page by page, with a checkpoint at each, until everybody who is asked for was seen or it ends.
 * Who is on it was seen; whether it says anything about the others is judged by its length.
 */
export async function askForMembers(audit: TelegramAudit, item: JobItem, group: RunGroupRow): Promise<Asked> {
  const { runId, source } = audit;
  const { groupKey } = group;
  const wanted = accountsWantedIn(audit, group);
  const seen = new Set(await listSightingsOfGroup(audit.read, runId, groupKey));
  const isUnseen = (userId: string) => wanted.get(userId)?.some((id) => !seen.has(id)) ?? false;
  let { cursor, counted } = Checkpoint.parse(item.checkpoint) ?? { cursor: null, counted: 0 };
  for (;;) {
    const page = await source.fetchMembers({ group: askedGroup(group), cursor, signal: item.signal });
    if (!page.ok && page.error.code === "telegram/not-allowed") {
      // People can still be asked about one by one.
      await item.saveCheckpoint(null, (writer) => noteGap(audit, writer, group, "not-readable"));
      return "asked";
    }
    if (!page.ok) return failed(audit, item, group, page.error);
    const { items, total, nextCursor } = page.value;
    const sightings = items
      .filter(isUnseen)
      .flatMap((userId) => (wanted.get(userId) ?? []).map((personId) => ({ groupKey, personId })));
    for (const { personId } of sightings) seen.add(personId);
    counted += items.length;
    cursor = nextCursor;
    const allSeen = ![...wanted.keys()].some(isUnseen);
    const isOver = cursor === null || allSeen;
    const judged = judgeRoster(
      { counted, total },
      { ...group, ...askedGroup(group), isAdmin: isAdminOf(group) },
    );
    const save = async (writer: Writer): Promise<void> => {
      await insertSightings(writer, runId, sightings);
      if (cursor === null && judged.rosterComplete)
        await setRoster(writer, runId, groupKey, {
          rosterComplete: true,
          unreadable: null,
          memberCount: counted,
        });
      else if (cursor === null) await noteGap(audit, writer, group, judged.gap);
      await saveUsage(audit, writer);
    };
    await item.saveCheckpoint(isOver ? null : { cursor, counted }, save);
    if (isOver) return "asked";
  }
}

/** Asks whether one person is in the group. */
export async function askAboutPerson(
  audit: TelegramAudit,
  item: JobItem,
  group: RunGroupRow,
  userId: string,
): Promise<Asked> {
  const { runId, source } = audit;
  const { groupKey } = group;
  const answer = await askMeeting(audit, userId, item.signal, () =>
    source.fetchMembership({ group: askedGroup(group), userId, signal: item.signal }),
  );
  if (!answer.ok && isNotMet(answer.error)) {
    const account = { runId, connectionId: source.connectionId, userIds: [userId] };
    await item.saveCheckpoint(null, async (writer) => {
      await setPeopleEvidence(writer, account, { reason: "not-met" });
      await saveUsage(audit, writer);
    });
    return "unknown-person";
  }
  if (!answer.ok && answer.error.code === "telegram/not-allowed")
    return seeAdmins(audit, item, group, answer.error);
  if (!answer.ok) return failed(audit, item, group, answer.error);
  const personIds = accountsWantedIn(audit, group).get(userId) ?? [];
  await item.saveCheckpoint(null, async (writer) => {
    if (answer.value === "absent") await insertDenial(writer, { runId, groupKey, userId });
    else
      await insertSightings(
        writer,
        runId,
        personIds.map((personId) => ({ groupKey, personId })),
      );
    await saveUsage(audit, writer);
  });
  return "asked";
}

/**
 * Only admins may ask about people in this group (CHAT_ADMIN_REQUIRED, core.telegram.org/method/channels.getParticipant,
 * checked 2026-11). What is left to see is its admins: whoever is one of them is there, the others stay open.
 */
async function seeAdmins(
  audit: TelegramAudit,
  item: JobItem,
  group: RunGroupRow,
  refusal: Failure,
): Promise<Asked> {
  const { runId, source } = audit;
  const { groupKey } = group;
  const wanted = accountsWantedIn(audit, group);
  const page = await source.fetchMembers({ group: askedGroup(group), cursor: null, signal: item.signal });
  if (!page.ok && page.error.code !== "telegram/not-allowed") return failed(audit, item, group, page.error);
  const admins = page.ok ? page.value.items : [];
  await item.saveCheckpoint(null, async (writer) => {
    await insertSightings(
      writer,
      runId,
      admins.flatMap((userId) => (wanted.get(userId) ?? []).map((personId) => ({ groupKey, personId }))),
    );
    await setRoster(writer, runId, groupKey, { rosterComplete: false, unreadable: refusal });
    await noteGap(audit, writer, group, "members-hidden");
  });
  return "asked";
}

async function noteGap(
  audit: TelegramAudit,
  writer: Writer,
  { groupKey, gap }: RunGroupRow,
  found: RunGroupRow["gap"],
): Promise<void> {
  await setGroupFacts(writer, audit.runId, groupKey, { gap: gap ?? found });
  await saveUsage(audit, writer);
}

async function failed(
  audit: TelegramAudit,
  item: JobItem,
  { groupKey }: RunGroupRow,
  problem: Failure,
): Promise<ItemEnd> {
  const end = endAfterFailure(audit, item, problem, (writer) =>
    setRoster(writer, audit.runId, groupKey, { rosterComplete: false, unreadable: problem }),
  );
  return end === "restart" ? restartItem(audit, item, problem) : end;
}
