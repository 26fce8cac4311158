import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { makeFolder } from "#main/documents/index.ts";
import { listActivityAbout, findOffboarding, type OffboardingRow } from "#main/store/queries/offboardings.ts";
import { listSteps } from "#main/store/queries/operation-steps.ts";
import { findOperation } from "#main/store/queries/operations.ts";
import { failure, type Failure } from "#shared/domain/failure.ts";
import type { HelpRequest, OffboardingId } from "#shared/domain/offboarding.ts";
import type { OperationId, OperationStep } from "#shared/domain/operation.ts";
import { canonicalJson } from "#shared/lib/canonical-json.ts";
import { err, ok, type Result } from "#shared/lib/result.ts";
import type { MembershipDeps } from "../membership-deps.ts";
import { describeStep } from "../operations/list-operations.ts";
import { EVIDENCE_FILES, folderName, HOW_TO_VERIFY } from "../policy/evidence-words.ts";
import { localTimeIn } from "../policy/local-time.ts";
import type { OperatorKey } from "../signing/operator-key.ts";
import { publicKeyPem } from "../signing/signature.ts";
import { extractActivity, findEnds } from "./activity-extract.ts";
import { readOffboardingDetail } from "./describe-offboarding.ts";
import { describeEvidence, type EvidenceOperation } from "./evidence-workbook.ts";

const STEPS_AT_ONCE = 500;

/** What was written, and where. */
export interface WrittenEvidence {
  readonly folder: string;
  readonly files: string[];
}

/** The evidence's part of the door. */
export interface EvidenceDoor {
  /**
   * Writes the evidence pack into a new folder inside `folder`: the record as canonical JSON signed by the operator's key,
   * the key, the activity log's extract, and a workbook. The record names the sums of the other files.
   * `input/file-unwritable`, `keychain/*`: then the folder may hold some of the files, and no signature.
   */
  writeEvidence(
    input: { readonly offboardingId: OffboardingId; readonly folder: string },
    signal?: AbortSignal,
  ): Promise<Result<WrittenEvidence, Failure>>;
}

export function createEvidence(deps: MembershipDeps, operatorKey: OperatorKey): EvidenceDoor {
  const { store, tables, clock } = deps;

  async function pack(
    row: OffboardingRow,
    folder: string,
    publicKey: string,
    signal: AbortSignal,
  ): Promise<Result<WrittenEvidence, Failure>> {
    const to = (name: string) => ({ path: path.join(folder, name), signal });
    const detail = await readOffboardingDetail(store.read, row);
    const operations = await readOperations(deps, [...row.operationIds, ...sendingsOf(detail.requests)]);
    const targets = new Set<string>([row.id, ...operations.map(({ id }) => id)]);
    const [first] = await listActivityAbout(store.read, [row.id]);
    const ends = await findEnds(store.read, first?.seq ?? 1);

    const log = await tables.writeText(extractActivity(store.read, ends, targets), to(EVIDENCE_FILES.log));
    if (!log.ok) return log;
    const workbook = await tables.writeWorkbook(
      describeEvidence(detail, operations, localTimeIn(deps.timeZone()), clock.nowMs()),
      to(EVIDENCE_FILES.workbook),
    );
    if (!workbook.ok) return workbook;
    const record = canonicalJson({
      format: "muster-offboarding-evidence",
      version: 1,
      writtenAtMs: clock.nowMs(),
      operator: deps.operator,
      publicKey,
      ...detail,
      operations,
      activity: ends,
      files: {
        [EVIDENCE_FILES.log]: await sumOf(log.value.path),
        [EVIDENCE_FILES.workbook]: await sumOf(workbook.value.path),
      },
    });
    const signature = await operatorKey.sign(record);
    if (!signature.ok) return signature;
    const texts: readonly (readonly [string, string])[] = [
      [EVIDENCE_FILES.record, record],
      [EVIDENCE_FILES.key, publicKeyPem(publicKey)],
      [EVIDENCE_FILES.howTo, HOW_TO_VERIFY],
      [EVIDENCE_FILES.signature, `${Buffer.from(signature.value, "base64url").toString("base64")}\n`],
    ];
    for (const [name, text] of texts) {
      const written = await tables.writeText([text], to(name));
      if (!written.ok) return written;
    }
    return ok({ folder, files: Object.values(EVIDENCE_FILES) });
  }

  return {
    async writeEvidence({ offboardingId, folder }, signal = new AbortController().signal) {
      const row = await findOffboarding(store.read, offboardingId);
      if (row === null) return err(failure("input/not-found", { offboardingId }));
      // Asked for first: without a key nothing is written at all.
      const publicKey = await operatorKey.publicKey();
      if (!publicKey.ok) return publicKey;
      const moment = new Date(clock.nowMs()).toISOString().slice(0, 19).replaceAll(":", "");
      const own = path.join(folder, folderName(row.personName, moment));
      const made = await makeFolder(own);
      if (!made.ok) return made;
      const written = await pack(row, own, publicKey.value, signal);
      await store.write((writer) =>
        deps.activity.record(writer, {
          action: "offboarding.evidence-written",
          target: row.id,
          why: row.personName,
          outcome: written.ok ? "done" : "failed",
          details: { folder: own, ...(written.ok ? {} : { code: written.error.code }) },
        }),
      );
      return written;
    },
  };
}

async function readOperations(
  { store }: MembershipDeps,
  ids: readonly OperationId[],
): Promise<EvidenceOperation[]> {
  const operations: EvidenceOperation[] = [];
  for (const id of new Set(ids)) {
    const row = await findOperation(store.read, id);
    // A plan that was discarded left nothing but its lines in the log.
    if (row === null) continue;
    const steps: OperationStep[] = [];
    for (;;) {
      const after = steps.at(-1)?.ordinal ?? null;
      const filter = { operationId: id, states: [], search: "" };
      const page = await listSteps(store.read, filter, { after, limit: STEPS_AT_ONCE });
      steps.push(...page.map(describeStep));
      if (page.length < STEPS_AT_ONCE) break;
    }
    operations.push({ id, title: row.title, state: row.state, steps });
  }
  return operations;
}

function sendingsOf(requests: readonly HelpRequest[]): OperationId[] {
  return requests.flatMap(({ sending }) => sending?.operationId ?? []);
}

/** SHA-256 of what lies on the disk now, in hex. */
async function sumOf(file: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(file))
    .digest("hex");
}
