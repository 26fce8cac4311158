import type { ImportProblem } from "#shared/contract/team.ts";

/** Everything wrong with a file: where, and what. */
export function ImportProblems({ problems }: { problems: readonly ImportProblem[] }) {
  return (
    <div
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, so the keyboard must reach it
      tabIndex={0}
      role="region"
      aria-label="Problems of the file"
      className="max-h-[50dvh] overflow-auto rounded-md border border-line focus-visible:-outline-offset-2"
    >
      <table className="w-full text-sm">
        <thead className="sticky top-0 bg-sunken text-left text-xs text-fg-muted">
          <tr>
            <th scope="col" className="px-3 py-1.5 text-right font-medium">
              Line
            </th>
            <th scope="col" className="px-3 py-1.5 font-medium">
              Path
            </th>
            <th scope="col" className="px-3 py-1.5 font-medium">
              Problem
            </th>
          </tr>
        </thead>
        <tbody>
          {problems.map((problem) => (
            <tr
              key={`${problem.line} ${problem.path} ${problem.problem}`}
              className="border-t border-line align-top"
            >
              <td className="tabular px-3 py-1.5 text-right text-fg-muted">{problem.line ?? "–"}</td>
              <td className="px-3 py-1.5 font-mono text-xs leading-5 break-all">{problem.path}</td>
              <td className="min-w-48 px-3 py-1.5">{problem.problem}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
