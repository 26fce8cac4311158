import type { Failure } from "#shared/domain/failure.ts";
import type { Result } from "#shared/lib/result.ts";
import type { CoverageSource } from "./coverage-source.ts";

/** What a source asks the platform; by our names, `fetch…` and `find…` are what goes to the network. */
type Call = (call: unknown) => Promise<Result<unknown, Failure>>;

/** The same source, which says once when the platform has answered it: after the first call that succeeds. */
export function noticeFirstAnswer<Source extends CoverageSource>(
  source: Source,
  onAnswer: () => Promise<void>,
): Source {
  let hasAnswered = false;
  const noticing =
    (ask: Call): Call =>
    async (call) => {
      const answer = await ask(call);
      if (answer.ok && !hasAnswered) {
        hasAnswered = true;
        await onAnswer();
      }
      return answer;
    };
  const members = Object.entries(source).map(([name, member]: [string, unknown]) =>
    /^(fetch|find)[A-Z]/.test(name) ? [name, noticing(member as Call)] : [name, member],
  );
  return Object.fromEntries(members) as Source;
}
