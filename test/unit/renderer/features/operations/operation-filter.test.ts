import { expect, test } from "vitest";
import type { Operation } from "#shared/domain/operation.ts";
import { fitsFilter, NO_FILTER } from "#renderer/features/operations/operation-filter.ts";

const OPERATIONS: Pick<Operation, "title" | "createdBy" | "kind" | "state">[] = [
  { title: "Add Ana to 12 groups", createdBy: "vera", kind: "add", state: "done" },
  { title: "Rename 4 groups", createdBy: "ana", kind: "rename", state: "waiting" },
  { title: "Remove Bo from Acme", createdBy: "vera", kind: "remove", state: "done" },
];

test("the list is narrowed by title, operator, kind and state", () => {
  const titles = (filter: Partial<typeof NO_FILTER>) =>
    OPERATIONS.filter((operation) => fitsFilter(operation, { ...NO_FILTER, ...filter })).map(
      ({ kind }) => kind,
    );
  expect({
    everything: titles({}),
    titleOrOperator: titles({ search: " ANA " }),
    kinds: titles({ kinds: ["rename", "remove"] }),
    states: titles({ states: ["done"] }),
    both: titles({ states: ["done"], kinds: ["remove"], search: "acme" }),
    none: titles({ search: "nobody" }),
  }).toEqual({
    everything: ["add", "rename", "remove"],
    titleOrOperator: ["add", "rename"],
    kinds: ["rename", "remove"],
    states: ["add", "remove"],
    both: ["remove"],
    none: [],
  });
});
