import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { orpc } from "#renderer/api/client.ts";

const PAGE_SIZE = 200;

/** The log, newest first, page after page; the last answer stays in sight while another search is asked. */
export function useActivity(search: string) {
  return useInfiniteQuery(
    orpc.activity.list.infiniteOptions({
      input: (cursor: string | null) => ({ cursor, limit: PAGE_SIZE, search }),
      initialPageParam: null as string | null,
      getNextPageParam: (page) => page.nextCursor,
      placeholderData: keepPreviousData,
    }),
  );
}
