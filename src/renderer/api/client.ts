import { createORPCClient } from "@orpc/client";
import type { ContractRouterClient } from "@orpc/contract";
import { createTanstackQueryUtils } from "@orpc/tanstack-query";
import { QueryClient } from "@tanstack/react-query";
import type { Contract } from "#shared/contract/index.ts";
import { createPortLink } from "./port-link.ts";

export type Client = ContractRouterClient<Contract>;

/** Asks the main process; rejects with what `toFailure` understands. For reading on a screen prefer `orpc`. */
export const client: Client = createORPCClient(createPortLink());

/** The same procedures as query and mutation options: `useQuery(orpc.coverage.overview.queryOptions())`. */
export const orpc = createTanstackQueryUtils(client);

/** Everything asked so far. Answers stay good until the `changes` stream says otherwise. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The main process is on this machine: being offline is its business, not a reason to stop asking it.
      networkMode: "always",
      staleTime: Number.POSITIVE_INFINITY,
      retry: false,
      refetchOnWindowFocus: false,
    },
    mutations: { networkMode: "always", retry: false },
  },
});
