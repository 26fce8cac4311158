import type { Failure } from "#shared/domain/failure.ts";
import type { Result } from "#shared/lib/result.ts";
import type { CoverageSource } from "./coverage-source.ts";

/** The same source, which says once when the platform has answered it: the first call that succeeds. */
export function noticeFirstAnswer(source: CoverageSource, onAnswer: () => Promise<void>): CoverageSource {
  let hasAnswered = false;
  async function notice<Value>(call: Promise<Result<Value, Failure>>): Promise<Result<Value, Failure>> {
    const answer = await call;
    if (answer.ok && !hasAnswered) {
      hasAnswered = true;
      await onAnswer();
    }
    return answer;
  }
  return {
    ...source,
    fetchGroups: (call) => notice(source.fetchGroups(call)),
    fetchGroupsOfPerson: (call) => notice(source.fetchGroupsOfPerson(call)),
    fetchMembers: (call) => notice(source.fetchMembers(call)),
    fetchAccountState: (call) => notice(source.fetchAccountState(call)),
    fetchAccounts: (call) => notice(source.fetchAccounts(call)),
  };
}
