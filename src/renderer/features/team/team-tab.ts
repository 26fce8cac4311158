import { paths } from "#renderer/api/paths.ts";
import { navigate, useRoute } from "#renderer/ui/router.ts";

const tabs = ["members", "categories", "customer-groups", "deprecated-terms"] as const;

export type TeamTab = (typeof tabs)[number];

/** The tab named in the address, so that a link can lead to it. */
export function useTeamTab(): [TeamTab, (tab: TeamTab) => void] {
  const { query } = useRoute();
  const named = query.get("tab");
  return [
    tabs.find((tab) => tab === named) ?? "members",
    (tab) => navigate(tab === "members" ? paths.team() : `${paths.team()}?tab=${tab}`, { replace: true }),
  ];
}
