import type { implement } from "@orpc/server";
import type { Contract } from "#shared/contract/index.ts";
import type { OffboardingDetail } from "#shared/contract/membership.ts";
import { type HelpRequest, type HelpTemplates, OffboardingId } from "#shared/domain/offboarding.ts";
import { OperationId } from "#shared/domain/operation.ts";
import { type Fake, refusal } from "../fake-router.ts";
import { countTasks, offboardingsOf } from "../fixture/offboardings.ts";

type Os = ReturnType<typeof implement<Contract>>["membership"];

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** People who leave, and whom to ask, of the imagined main process. */
export function fakeOffboarding(os: Os, fake: Fake) {
  const all = offboardingsOf(fake.scenario);
  let templates: HelpTemplates = {
    ownership: "Hi {name}, could you make me ({me}) the owner of “{group}”? Thank you!",
    removal: "Hi {name}, {person} is leaving us. Could you please remove {person} from “{group}”? Thank you!",
  };
  const find = (id: OffboardingId): OffboardingDetail => {
    const found = all.find(({ offboarding }) => offboarding.id === id);
    if (!found) throw refusal("input/not-found");
    return found;
  };
  const change = (detail: OffboardingDetail): OffboardingDetail => {
    detail.offboarding = { ...detail.offboarding, counts: countTasks(detail.tasks) };
    fake.announce("offboardings");
    return detail;
  };
  const requests = (): HelpRequest[] => all.flatMap((detail) => detail.requests);

  return {
    listOffboardings: os.listOffboardings.handler(async () => {
      await fake.weather();
      return all.map(({ offboarding }) => offboarding);
    }),
    startOffboarding: os.startOffboarding.handler(({ input }) => {
      const id = OffboardingId.parse(`offboarding-new-${all.length}`);
      all.unshift({
        offboarding: {
          id,
          personId: input.personId,
          personName: "Somebody",
          state: "open",
          createdAtMs: Date.now(),
          closedAtMs: null,
          checkedAtMs: null,
          deactivatedIn: [],
          counts: countTasks([]),
          operationIds: [],
        },
        tasks: [],
        requests: [],
        notAsked: [],
        history: [],
      });
      return change(find(id)).offboarding;
    }),
    getOffboarding: os.getOffboarding.handler(async ({ input }) => {
      await fake.weather();
      return find(input.offboardingId);
    }),
    checkOffboarding: os.checkOffboarding.handler(async function* ({ input }) {
      await fake.weather();
      for (let done = 0; done < 40; done += 1) {
        yield { done, total: 40, detail: null };
        await pause(100);
      }
      const detail = find(input.offboardingId);
      detail.offboarding = { ...detail.offboarding, checkedAtMs: Date.now() };
      yield { done: 40, total: 40, detail: change(detail) };
    }),
    planOffboarding: os.planOffboarding.handler(() => ({ operationId: OperationId.parse("op-planned") })),
    setOffboardingTask: os.setOffboardingTask.handler(({ input }) => {
      const detail = find(input.offboardingId);
      detail.tasks = detail.tasks.map((task) =>
        task.groupKey === input.groupKey
          ? {
              ...task,
              state: input.decision === "open" ? "unknown" : input.decision,
              isDecided: input.decision === "kept",
              note: input.note,
            }
          : task,
      );
      return change(detail);
    }),
    closeOffboarding: os.closeOffboarding.handler(({ input }) => {
      const detail = find(input.offboardingId);
      const isOpen = detail.tasks.some(({ state }) => state !== "gone" && state !== "kept");
      if (input.state === "done" && isOpen) throw refusal("membership/offboarding-open");
      detail.offboarding = { ...detail.offboarding, state: input.state };
      return change(detail).offboarding;
    }),
    exportEvidence: os.exportEvidence.handler(() => ({
      folder: "/home/ana/Documents/muster-offboarding-kevin-hart",
      files: ["offboarding.json"],
    })),
    listHelpRequests: os.listHelpRequests.handler(async () => {
      await fake.weather();
      return requests();
    }),
    prepareHelpRequests: os.prepareHelpRequests.handler(async function* () {
      await fake.weather();
      yield { done: 3, total: 3, requests: requests(), problems: [] };
    }),
    checkHelpRequests: os.checkHelpRequests.handler(async function* () {
      await fake.weather();
      yield { done: 3, total: 3, requests: requests(), problems: [] };
    }),
    setHelpRequest: os.setHelpRequest.handler(({ input }) => {
      for (const detail of all)
        detail.requests = detail.requests.map((request) =>
          request.id === input.helpRequestId
            ? { ...request, state: input.state, text: input.text, note: input.note }
            : request,
        );
      fake.announce("offboardings");
      const found = requests().find(({ id }) => id === input.helpRequestId);
      if (!found) throw refusal("input/not-found");
      return found;
    }),
    sendHelpRequests: os.sendHelpRequests.handler(() => ({ operationId: OperationId.parse("op-planned") })),
    getHelpTemplates: os.getHelpTemplates.handler(() => templates),
    saveHelpTemplates: os.saveHelpTemplates.handler(({ input }) => {
      templates = input;
      return templates;
    }),
  };
}
