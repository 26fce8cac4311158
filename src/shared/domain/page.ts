import { z } from "zod";

/** One page of a list. `nextCursor` is null on the last page; `total` counts the whole list when known. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    total: z.number().int().nonnegative().nullable(),
  });
}

export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
  total: number | null;
}

/** What a paged request sends. */
export const PageRequest = z.object({
  cursor: z.string().max(500).nullable().default(null),
  limit: z.number().int().min(1).max(1_000).default(100),
});
export type PageRequest = z.infer<typeof PageRequest>;
