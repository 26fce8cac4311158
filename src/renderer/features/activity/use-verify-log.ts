import { useMutation } from "@tanstack/react-query";
import { client } from "#renderer/api/client.ts";

/** Has the whole chain read and checked. A question, but asked only when the operator wants it. */
export function useVerifyLog() {
  return useMutation({ mutationFn: () => client.activity.verify() });
}
