import { SearchX } from "lucide-react";
import { type ReactNode, useCallback, useMemo, useState } from "react";
import { Platform } from "#shared/domain/ids.ts";
import { isPlan as isPlanState } from "#shared/domain/operation-phase.ts";
import type { OperationDetail, OperationStep, StepState } from "#shared/domain/operation.ts";
import { PLATFORM_WORDS } from "#renderer/api/words.ts";
import { Button } from "#renderer/ui/button.tsx";
import { cx } from "#renderer/ui/class-names.ts";
import { DataTable } from "#renderer/ui/data-table.tsx";
import { EmptyState } from "#renderer/ui/empty-state.tsx";
import { FilterMenu } from "#renderer/ui/filter-menu.tsx";
import { formatCount, formatNoun } from "#renderer/ui/format.ts";
import { RadioGroup } from "#renderer/ui/radio-group.tsx";
import { SearchInput } from "#renderer/ui/search-input.tsx";
import { Toolbar } from "#renderer/ui/toolbar.tsx";
import { shownState, STEP_WORDS } from "./operation-words.ts";
import { noStepWords } from "./no-step-words.ts";
import { hasReason, stepColumns } from "./step-columns.tsx";
import { StepPanel } from "./step-panel.tsx";
import { useChooseSteps } from "./use-choose-steps.ts";
import { useShortcut } from "#renderer/ui/use-shortcut.ts";
import { useWidth } from "#renderer/ui/use-width.ts";
import { countStates, type StepFilter, visibleSteps } from "./visible-steps.ts";

const ORDER: readonly StepState[] = [
  "planned",
  "acting",
  "done",
  "failed",
  "unclear",
  "refused",
  "already-so",
  "skipped",
];

/** With the panel open, the table has room for the reasons from this width of both on. */
const WIDE_PX = 1_250;

interface StepTableProps {
  readonly operation: OperationDetail;
  readonly steps: readonly OperationStep[];
  /** Beside the table while no step is open. */
  readonly aside?: ReactNode;
}

/** Every step of an operation: narrowed by what becomes of it, searched, and in a plan left in or out. */
export function StepTable({ operation, steps, aside }: StepTableProps) {
  const isPlan = isPlanState(operation.state);
  const canChoose = operation.state === "planned";
  const [filter, setFilter] = useState<StepFilter>({ state: null, search: "", platforms: [] });
  const [openOrdinal, setOpenOrdinal] = useState<number | null>(null);
  const { state: shownOnly, search, platforms: shownOn } = filter;
  const found = useMemo(
    () => visibleSteps(steps, { state: null, search, platforms: shownOn }),
    [steps, search, shownOn],
  );
  const counts = useMemo(() => countStates(found), [found]);
  const rows = useMemo(
    () => visibleSteps(found, { state: shownOnly, search: "", platforms: [] }),
    [found, shownOnly],
  );
  const [content, widthPx] = useWidth();
  const platforms = useMemo(() => new Set(steps.map(({ platform }) => platform)), [steps]);
  const choose = useChooseSteps(operation.id);

  const onChoose = useCallback(
    ({ ordinal }: OperationStep, isChosen: boolean) => choose({ ordinals: [ordinal], isChosen }),
    [choose],
  );
  const open = useCallback(({ ordinal }: OperationStep) => setOpenOrdinal(ordinal), []);
  // The panel tells why; beside it there is seldom room for the same.
  const hasRoom = openOrdinal === null || widthPx >= WIDE_PX;
  const hasWhy = useMemo(
    () => hasRoom && rows.some((step) => hasReason(step, isPlan)),
    [hasRoom, rows, isPlan],
  );
  const isMessage = operation.kind === "message";
  const mayChoose = canChoose && rows.some(({ state }) => state === "planned");
  const columns = useMemo(
    () => stepColumns({ isPlan, onChoose: mayChoose ? onChoose : null, hasWhy, isMessage, onOpen: open }),
    [isPlan, mayChoose, onChoose, hasWhy, isMessage, open],
  );
  const closePanel = useCallback(() => {
    setOpenOrdinal(null);
    // The keyboard goes on where it was.
    document.querySelector<HTMLElement>(`[data-step="${openOrdinal}"]`)?.focus();
  }, [openOrdinal]);
  useShortcut("Escape", closePanel, { enabled: openOrdinal !== null });
  const opened = openOrdinal === null ? undefined : steps.find(({ ordinal }) => ordinal === openOrdinal);
  const changeable = canChoose ? rows.filter(({ state }) => state === "planned") : [];
  const shownIn = changeable.filter(({ isChosen }) => isChosen).map(({ ordinal }) => ordinal);
  const shownOut = changeable.filter(({ isChosen }) => !isChosen).map(({ ordinal }) => ordinal);

  return (
    <div className="flex h-full min-h-0 flex-col">
      <Toolbar label="Steps shown">
        <RadioGroup<StepState | "all">
          label="Steps shown"
          value={filter.state ?? "all"}
          onValueChange={(value) => setFilter({ ...filter, state: value === "all" ? null : value })}
          options={[
            { value: "all", label: `All ${formatCount(found.length)}` },
            ...ORDER.filter((state) => counts[state] > 0 || filter.state === state).map((state) => ({
              value: state,
              label: `${STEP_WORDS[state][isPlan ? "plan" : "run"]} ${formatCount(counts[state])}`,
            })),
          ]}
        />
        <SearchInput
          label="Search groups and people"
          value={filter.search}
          onChange={(search) => setFilter({ ...filter, search })}
        />
        {platforms.size > 1 ? (
          <FilterMenu<Platform>
            label="Platform"
            options={Platform.options.map((value) => ({ value, label: PLATFORM_WORDS[value] }))}
            chosen={filter.platforms}
            onChange={(chosen) => setFilter({ ...filter, platforms: chosen })}
          />
        ) : null}
        {changeable.length > 0 ? (
          <span className="ml-auto flex items-center gap-1.5">
            <Button
              variant="ghost"
              disabled={shownIn.length === 0}
              onClick={() => choose({ ordinals: shownIn, isChosen: false })}
            >
              Leave out all shown ({formatCount(shownIn.length)})
            </Button>
            <Button
              variant="ghost"
              disabled={shownOut.length === 0}
              onClick={() => choose({ ordinals: shownOut, isChosen: true })}
            >
              Take in all shown ({formatCount(shownOut.length)})
            </Button>
          </span>
        ) : null}
      </Toolbar>
      <div ref={content} className={cx("flex min-h-0 flex-1", !opened && "flex-col lg:flex-row")}>
        <div className="min-h-40 min-w-0 flex-1">
          {rows.length === 0 ? (
            <EmptyState
              icon={<SearchX />}
              title={steps.length === 0 ? "Nothing to do" : "No step fits"}
              action={
                steps.length === 0 ? null : (
                  <Button onClick={() => setFilter({ state: null, search: "", platforms: [] })}>
                    Show all steps
                  </Button>
                )
              }
            >
              {steps.length === 0
                ? noStepWords(operation)
                : `${formatNoun(steps.length, "step is", "steps are")} hidden.`}
            </EmptyState>
          ) : (
            <DataTable<OperationStep>
              label="Steps"
              columns={columns}
              rows={rows}
              rowKey={({ ordinal }) => String(ordinal)}
              selectedKey={opened ? String(opened.ordinal) : null}
              onOpen={open}
            />
          )}
        </div>
        {opened ? (
          <StepPanel
            operationId={operation.id}
            step={opened}
            state={shownState(opened)}
            isPlan={isPlan}
            onClose={closePanel}
          />
        ) : (
          aside
        )}
      </div>
    </div>
  );
}
