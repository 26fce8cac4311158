import { useMutation } from "@tanstack/react-query";
import type { CategoryId } from "#shared/domain/ids.ts";
import { planGapsOfCategory } from "#renderer/features/operations/screen.tsx";

/** Leads from the gaps of a category to a plan that closes them. */
export function FixCategory({ categoryId, name }: { categoryId: CategoryId; name: string }) {
  const fix = useMutation({ mutationFn: () => planGapsOfCategory(categoryId) });
  return (
    <button
      type="button"
      aria-label={`Fix the gaps of ${name}`}
      aria-busy={fix.isPending || undefined}
      disabled={fix.isPending}
      onClick={() => fix.mutate()}
      className="rounded-sm text-xs whitespace-nowrap text-accent-fg underline decoration-transparent underline-offset-2 hover:decoration-current disabled:opacity-50"
    >
      Fix…
    </button>
  );
}
