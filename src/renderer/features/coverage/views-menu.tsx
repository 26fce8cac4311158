import { useMutation, useQuery } from "@tanstack/react-query";
import { Bookmark, BookmarkPlus, Pencil, RotateCcw, Save, Trash2 } from "lucide-react";
import { useState } from "react";
import type { SavedView } from "#shared/domain/matrix.ts";
import { client, orpc, queryClient } from "#renderer/api/client.ts";
import { showFailure } from "#renderer/features/audit/screen.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { Menu } from "#renderer/ui/menu.tsx";
import { showToast } from "#renderer/ui/show-toast.ts";
import { applyView, useMatrixState } from "./matrix-state.ts";
import { ViewNameDialog } from "./view-name-dialog.tsx";

/** Saved filters with their order: apply, save, rename, remove. */
export function ViewsMenu() {
  const { filter, sort, viewId } = useMatrixState();
  const { data: views = [] } = useQuery(orpc.coverage.listViews.queryOptions());
  const [naming, setNaming] = useState<"new" | "rename" | null>(null);
  const current = views.find(({ id }) => id === viewId);
  const isChanged =
    current !== undefined &&
    JSON.stringify([current.filter, current.sort]) !== JSON.stringify([filter, sort]);

  const save = useMutation({
    mutationFn: (view: Parameters<typeof client.coverage.saveView>[0]) => client.coverage.saveView(view),
    onSuccess: (saved) => {
      void queryClient.invalidateQueries({ queryKey: orpc.coverage.listViews.key() });
      useMatrixState.setState({ viewId: saved.id });
      setNaming(null);
    },
  });
  const remove = useMutation({
    mutationFn: (view: SavedView) => client.coverage.removeView({ viewId: view.id }),
    onError: showFailure,
    onSuccess: (_answer, view) => {
      void queryClient.invalidateQueries({ queryKey: orpc.coverage.listViews.key() });
      useMatrixState.setState({ viewId: null });
      showToast({
        tone: "neutral",
        message: `View “${view.name}” removed.`,
        action: { label: "Undo", run: () => save.mutate({ ...view, id: null }) },
      });
    },
  });

  const sorted = views.toSorted((a, b) => a.name.localeCompare(b.name));
  return (
    <>
      <Menu
        align="start"
        trigger={
          <Button icon={<Bookmark />} aria-label={`Views: ${current?.name ?? "all groups"}`}>
            <span className="max-w-40 truncate">{current?.name ?? "All groups"}</span>
            {isChanged ? (
              <span title="Changed since it was saved" className="text-accent-fg">
                •<span className="sr-only">changed</span>
              </span>
            ) : null}
          </Button>
        }
        groups={[
          [
            { label: "All groups", icon: <RotateCcw />, onSelect: () => applyView(null) },
            ...sorted.map((view) => ({
              label: view.name,
              icon: <Bookmark />,
              onSelect: () => applyView(view),
            })),
          ],
          [
            { label: "Save as a new view…", icon: <BookmarkPlus />, onSelect: () => setNaming("new") },
            ...(current
              ? [
                  {
                    label: "Save the changes",
                    icon: <Save />,
                    isDisabled: !isChanged,
                    onSelect: () => save.mutate({ ...current, filter, sort }, { onError: showFailure }),
                  },
                  { label: "Rename…", icon: <Pencil />, onSelect: () => setNaming("rename") },
                  {
                    label: "Remove",
                    icon: <Trash2 />,
                    isDangerous: true,
                    onSelect: () => remove.mutate(current),
                  },
                ]
              : []),
          ],
        ]}
      />
      {naming ? (
        <ViewNameDialog
          title={naming === "new" ? "Save as a new view" : "Rename the view"}
          initialName={naming === "new" ? "" : (current?.name ?? "")}
          error={save.error}
          isBusy={save.isPending}
          onSave={(name) =>
            naming === "rename" && current
              ? save.mutate({ ...current, name })
              : save.mutate({ id: null, name, filter, sort })
          }
          onClose={() => {
            save.reset();
            setNaming(null);
          }}
        />
      ) : null}
    </>
  );
}
