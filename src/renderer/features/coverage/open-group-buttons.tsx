import { ExternalLink } from "lucide-react";
import type { RunGroup } from "#shared/domain/coverage.ts";
import { client } from "#renderer/api/client.ts";
import { PLATFORM_WORDS } from "#renderer/api/words.ts";
import { showFailure } from "#renderer/features/audit/screen.tsx";
import { Button } from "#renderer/ui/button.tsx";

/** Opens a group where its members see it. The main process knows the address; none leaves from here. */
export function OpenGroupButtons({ group }: { group: RunGroup }) {
  const open = (place: "app" | "browser"): void => {
    void client.app.openGroup({ groupKey: group.key, place }).catch(showFailure);
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
