import { OffboardingId } from "#shared/domain/offboarding.ts";
import { paths } from "#renderer/api/paths.ts";
import { useRoute } from "#renderer/ui/router.ts";
import { OffboardingList } from "./offboarding-list.tsx";
import { OffboardingPage } from "./offboarding-page.tsx";

export { WriteDialog } from "./write-dialog.tsx";
export { openOffboardingOf } from "./offboarding-actions.ts";

/** People who leave, or one of them: the address says which. */
export function OffboardingScreen() {
  const { path } = useRoute();
  const id = OffboardingId.safeParse(decodeURIComponent(path.slice(`${paths.offboardings()}/`.length))).data;
  return id ? <OffboardingPage key={id} offboardingId={id} /> : <OffboardingList />;
}
