import { failure } from "#shared/domain/failure.ts";
import type { GroupKey } from "#shared/domain/ids.ts";
import { err, ok } from "#shared/lib/result.ts";
import { answerWith } from "./answer.ts";
import type { Answers } from "./answers.ts";
import type { Doors } from "./doors.ts";

export function answerApp(answers: Answers["app"], doors: Doors) {
  async function reveal(path: string) {
    return (await doors.desktop.revealFile(path)) ? ok(undefined) : err(failure("input/not-found", { path }));
  }
  async function openGroup(input: { groupKey: GroupKey; place: "app" | "browser" }) {
    const addresses = await doors.coverage.findGroupAddresses(input.groupKey);
    if (addresses === null) return err(failure("input/not-found", { groupKey: input.groupKey }));
    const isOpen = await doors.desktop.openAddress(addresses[input.place]);
    // The link of the browser works anywhere, so that is the one to copy.
    return isOpen ? ok(undefined) : err(failure("system/no-program", { link: addresses.browser }));
  }
  return {
    info: answers.info.handler(() => doors.info),
    notices: answers.notices.handler(() => doors.notices.list()),
    dismissNotice: answers.dismissNotice.handler(({ input }) => doors.notices.dismiss(input.id)),
    changes: answers.changes.handler(async function* ({ signal }) {
      for await (const topic of doors.changes.iterate(signal ?? new AbortController().signal))
        yield { topic };
    }),
    getSettings: answers.getSettings.handler(() => doors.settings.getSettings()),
    updateSettings: answers.updateSettings.handler(({ input }) => doors.settings.updateSettings(input)),
    doctor: answers.doctor.handler(() => doors.diagnostics.doctor()),
    openGroup: answers.openGroup.handler(({ input }) => answerWith(openGroup(input))),
    revealFile: answers.revealFile.handler(({ input }) => answerWith(reveal(input.path))),
  };
}
