/** What the checks below need of an audit's `--json`. */
export interface AuditAnswer {
  readonly runId: string;
  readonly state: string;
  readonly strategy: string;
  readonly calls: number;
  readonly waitedMs: number;
  readonly elapsedMs: number;
  readonly groups: number;
  readonly people: number;
  readonly present: number;
  readonly absent: number;
  readonly unknown: number;
  readonly failure: { readonly code: string } | null;
  readonly results: readonly {
    readonly platform: string;
    readonly groupId: string;
    readonly personId: string;
    readonly level: string;
    readonly presence: "present" | "absent" | "unknown";
    readonly reason: string | null;
  }[];
  readonly findings: readonly {
    readonly kind: string;
    readonly platform: string;
    readonly groupId: string;
    readonly personId?: string;
  }[];
  readonly groupList: readonly { readonly groupId: string; readonly name: string }[];
  readonly personList: readonly {
    readonly personId: string;
    readonly identities: readonly { readonly platform: string; readonly userId: string | null }[];
  }[];
}

/** What `muster sandbox truth --json` says, which shares no code with the product. */
export interface Truth {
  readonly people: readonly { readonly id: string; readonly slackUserId: string }[];
  readonly groups: readonly {
    readonly id: string;
    readonly platform: string;
    readonly name: string;
    readonly kind: "public" | "private";
    readonly isArchived: boolean;
    readonly customer: boolean;
    readonly visibleToToken: boolean;
    readonly memberIds: readonly string[];
  }[];
}

/** Every presence that is not so, and every group that was left out or made up. Empty for a right audit. */
export function findUntruths(answer: AuditAnswer, truth: Truth): string[] {
  const accountOf = new Map(
    answer.personList.map(({ personId, identities }) => [
      personId,
      identities.find(({ platform }) => platform === "slack")?.userId,
    ]),
  );
  const groups = new Map(truth.groups.map((group) => [group.id, new Set(group.memberIds)]));
  const wrong = answer.results
    .filter(({ presence }) => presence !== "unknown")
    .filter(({ groupId, personId, presence }) => {
      const isIn = groups.get(groupId)?.has(accountOf.get(personId) ?? "nobody");
      return isIn === undefined || isIn !== (presence === "present");
    })
    .map(({ groupId, personId, presence }) => `${personId} is not ${presence} in ${groupId}`);
  const audited = new Set(answer.groupList.map(({ groupId }) => groupId));
  const due = truth.groups.filter(({ customer, visibleToToken }) => customer && visibleToToken);
  return [
    ...wrong,
    ...due.filter(({ id }) => !audited.has(id)).map(({ id, name }) => `${id} ${name} was left out`),
    ...answer.groupList
      .filter(({ groupId }) => !due.some(({ id }) => id === groupId))
      .map(({ groupId, name }) => `${groupId} ${name} is no customer group`),
  ];
}

/** Results and findings without what differs from run to run, in one order: two right audits are equal. */
export function outcomeOf({ results, findings, ...answer }: AuditAnswer): unknown {
  const cells = results.map(
    ({ groupId, personId, level, presence, reason }) =>
      `${groupId} ${personId} ${level} ${presence} ${reason}`,
  );
  const flagged = findings.map(({ kind, groupId, personId }) => `${kind} ${groupId} ${personId ?? ""}`);
  return {
    cells: cells.toSorted(),
    findings: flagged.toSorted(),
    counts: [answer.groups, answer.people, answer.present, answer.absent, answer.unknown],
  };
}
