import type { PersonId } from "#shared/domain/ids.ts";
import type { OffboardingId, OffboardingState } from "#shared/domain/offboarding.ts";
import { client, orpc, queryClient } from "#renderer/api/client.ts";
import { paths } from "#renderer/api/paths.ts";
import { showFailure } from "#renderer/features/audit/screen.tsx";
import { navigate } from "#renderer/ui/router.ts";
import { showToast } from "#renderer/ui/show-toast.ts";

/** Goes to the open offboarding of somebody, which is started if there is none. Never rejects. */
export async function openOffboardingOf(personId: PersonId): Promise<void> {
  try {
    const known = await client.membership.listOffboardings();
    const open = known.find((each) => each.personId === personId && each.state === "open");
    const { id } = open ?? (await client.membership.startOffboarding({ personId }));
    askAgain();
    navigate(paths.offboarding(id));
  } catch (error) {
    showFailure(error);
  }
}

/** Has the removal planned and shows the plan. Never rejects. */
export async function planRemoval(offboardingId: OffboardingId): Promise<void> {
  try {
    const { operationId } = await client.membership.planOffboarding({ offboardingId });
    navigate(paths.operation(operationId));
  } catch (error) {
    showFailure(error);
  }
}

/** Closes, gives up or opens again. False when it could not be. */
export async function setOffboardingState(
  offboardingId: OffboardingId,
  state: OffboardingState,
): Promise<boolean> {
  try {
    await client.membership.closeOffboarding({ offboardingId, state });
    askAgain();
    return true;
  } catch (error) {
    showFailure(error);
    return false;
  }
}

/** Lets the operator choose a folder, writes the evidence into it, and says where it is. Never rejects. */
export async function exportEvidence(offboardingId: OffboardingId): Promise<void> {
  try {
    const written = await client.membership.exportEvidence({ offboardingId });
    if (!written) return;
    const { folder } = written;
    showToast({
      tone: "ok",
      message: "Evidence written and signed.",
      hint: folder,
      action: {
        label: "Show folder",
        run: () => void client.app.revealFile({ path: folder }).catch(showFailure),
      },
    });
  } catch (error) {
    showFailure(error);
  }
}

/** Somebody who left is expected nowhere any more. Never rejects. */
export async function markInactive(personId: PersonId): Promise<void> {
  try {
    const { team } = await client.team.get();
    const member = team.find(({ id }) => id === personId);
    if (!member) return;
    await client.team.saveMember({ ...member, status: "inactive" });
    showToast({ tone: "ok", message: `${member.name} is inactive on the team now.` });
  } catch (error) {
    showFailure(error);
  }
}

/** The changes are announced too; asking at once spares the wait. */
export function askAgain(): void {
  void queryClient.invalidateQueries({ queryKey: orpc.membership.listOffboardings.key() });
  void queryClient.invalidateQueries({ queryKey: orpc.membership.getOffboarding.key() });
  void queryClient.invalidateQueries({ queryKey: orpc.membership.listHelpRequests.key() });
}
