import type { ReactNode } from "react";
import { paths } from "#renderer/api/paths.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { ErrorState } from "#renderer/ui/error-state.tsx";
import { LinkButton } from "#renderer/ui/link-button.tsx";
import { Page } from "#renderer/ui/page.tsx";
import { SkeletonRows } from "#renderer/ui/skeleton.tsx";

interface AwaitedPageProps<Data> {
  /** The heading until the data brings its own. */
  readonly title: string;
  /** What a screen reader hears meanwhile. */
  readonly loading: string;
  readonly query: {
    readonly data: Data | undefined;
    readonly error: Error | null;
    readonly refetch: () => unknown;
  };
  readonly children: (data: Data) => ReactNode;
}

/** A page about one thing that is asked for: a skeleton, then the page, or why there is none and the way back. */
export function AwaitedPage<Data>({ title, loading, query, children }: AwaitedPageProps<Data>) {
  const { data, error, refetch } = query;
  if (data !== undefined) return children(data);
  return (
    <Page title={title}>
      {error ? (
        <ErrorState
          error={toFailure(error)}
          onRetry={() => void refetch()}
          action={<LinkButton to={paths.coverage()}>Show the matrix</LinkButton>}
        />
      ) : (
        <SkeletonRows label={loading} rows={12} />
      )}
    </Page>
  );
}
