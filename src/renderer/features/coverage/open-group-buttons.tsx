import { ExternalLink } from "lucide-react";
import type { RunGroup } from "#shared/domain/coverage.ts";
import { client } from "#renderer/api/client.ts";
import { toFailure } from "#renderer/api/to-failure.ts";
import { PLATFORM_WORDS } from "#renderer/api/words.ts";
import { showFailure } from "#renderer/features/audit/screen.tsx";
import { Button } from "#renderer/ui/button.tsx";
import { copyAndTell } from "#renderer/ui/copy-and-tell.ts";
import { showToast } from "#renderer/ui/show-toast.ts";

/** Opens a group where its members see it. The main process knows the address; none leaves from here. */
export function OpenGroupButtons({ group }: { group: RunGroup }) {
  const open = (place: "app" | "browser"): void => {
    void client.app.openGroup({ groupKey: group.key, place }).catch(offerLink);
  };
  return (
    <>
      <Button icon={<ExternalLink />} onClick={() => open("app")}>
        Open in {PLATFORM_WORDS[group.platform]}
      </Button>
      <Button variant="ghost" onClick={() => open("browser")}>
        Open in the browser
      </Button>
    </>
  );
}

/** Where no program opens the address, the link itself is what helps. */
function offerLink(error: unknown): void {
  const { code, message, todo, facts } = toFailure(error);
  const { link } = facts;
  if (code !== "system/no-program" || typeof link !== "string") {
    showFailure(error);
    return;
  }
  showToast({
    tone: "danger",
    message,
    hint: todo,
    action: {
      label: "Copy link",
      run: () => copyAndTell(link, { done: "Link copied.", next: link, otherwise: link }),
    },
  });
}
