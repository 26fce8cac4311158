import { z } from "zod";

const Place = { id: z.number().int(), service: z.string(), account: z.string() };

/** What the keychain's host is asked: one call of the library. `id` comes back with the answer. */
export const HostRequest = z.discriminatedUnion("ask", [
  z.object({ ask: z.literal("get"), ...Place }),
  z.object({ ask: z.literal("set"), ...Place, password: z.string() }),
  z.object({ ask: z.literal("delete"), ...Place }),
]);
export type HostRequest = z.infer<typeof HostRequest>;

/** What became of it: `refused` is the library's own word, `not-loaded` means that there is no library. */
export const HostAnswer = z.discriminatedUnion("outcome", [
  z.object({
    outcome: z.literal("done"),
    id: z.number().int(),
    value: z.union([z.string(), z.boolean(), z.null()]),
  }),
  z.object({ outcome: z.literal("refused"), id: z.number().int(), reason: z.string() }),
  z.object({ outcome: z.literal("not-loaded"), id: z.number().int(), reason: z.string() }),
]);
export type HostAnswer = z.infer<typeof HostAnswer>;
