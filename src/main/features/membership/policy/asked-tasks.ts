import type { HelpRequest, OffboardingTask } from "#shared/domain/offboarding.ts";

/** Tasks for somebody else, as `asked` once a message went out about their group, or somebody answered. */
export function withRequests(
  tasks: readonly OffboardingTask[],
  requests: readonly Pick<HelpRequest, "groupKey" | "state" | "askName">[],
): OffboardingTask[] {
  const asked = new Map(
    requests
      .filter(({ state }) => state === "copied" || state === "sent" || state === "answered")
      .map(({ groupKey, askName }) => [groupKey, askName]),
  );
  return tasks.map((task) => {
    if (task.state !== "ask" || !asked.has(task.groupKey)) return task;
    const name = asked.get(task.groupKey);
    return { ...task, state: "asked", note: name ? `Asked ${name}. ${task.note ?? ""}`.trim() : task.note };
  });
}
