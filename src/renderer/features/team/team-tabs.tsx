import { useMemo } from "react";
import { Badge } from "#renderer/ui/badge.tsx";
import { LeaveDialog } from "#renderer/ui/leave-dialog.tsx";
import { useLeaveGuard } from "#renderer/ui/leave-guard.ts";
import { Tabs } from "#renderer/ui/tabs.tsx";
import type { TeamAndRules } from "#shared/contract/team.ts";
import type { TeamMember } from "#shared/domain/team.ts";
import { CategoriesTab } from "./categories-tab.tsx";
import { CustomerGroupsTab } from "./customer-groups-tab.tsx";
import { DeprecatedTermsTab } from "./deprecated-terms-tab.tsx";
import { MembersTab } from "./members-tab.tsx";
import { findRulesProblems, type RulesProblem } from "./rules-problems.ts";
import { RulesSaveBar } from "./rules-save-bar.tsx";
import { selectCategory, useRulesView } from "./rules-view.ts";
import type { TeamTab } from "./team-tab.ts";
import { discardRulesDraft, useRulesDraft } from "./use-rules-draft.ts";
import { useSaveRules } from "./use-save-rules.ts";

interface TeamTabsProps {
  readonly saved: TeamAndRules;
  readonly tab: TeamTab;
  readonly onTabChange: (tab: TeamTab) => void;
  readonly onAddMember: () => void;
  readonly onEditMember: (member: TeamMember) => void;
}

/** Members and rules, with the one draft that the rules' tabs share. */
export function TeamTabs({ saved, tab, onTabChange, onAddMember, onEditMember }: TeamTabsProps) {
  const { team } = saved;
  const { rules, isDirty } = useRulesDraft(saved.rules);
  const saving = useSaveRules();
  const areProblemsShown = useRulesView((view) => view.areProblemsShown);
  const problems = useMemo(
    () => (areProblemsShown && isDirty ? findRulesProblems(rules) : []),
    [areProblemsShown, isDirty, rules],
  );
  const { save } = saving;
  useLeaveGuard(
    useMemo(
      () =>
        isDirty
          ? { what: "unsaved changes to the rules", save: () => save(rules), discard: discardRulesDraft }
          : null,
      [isDirty, rules, save],
    ),
  );
  const goTo = (problem: RulesProblem) => {
    const [list, at] = problem.path.split(".");
    if (list === "categories") selectCategory(rules.categories[Number(at)]?.id ?? null);
    onTabChange(problem.place);
  };
  return (
    <div className="flex h-full min-h-0 flex-col">
      <Tabs
        label="Team and rules"
        value={tab}
        onValueChange={(value) => onTabChange(value as TeamTab)}
        className="flex-1"
        listClassName="px-5"
        tabs={[
          {
            value: "members",
            label: "Members",
            mark: <Badge>{team.length}</Badge>,
            content: <MembersTab team={team} onAdd={onAddMember} onEdit={onEditMember} />,
          },
          {
            value: "categories",
            label: "Categories",
            mark: <Badge>{rules.categories.length}</Badge>,
            content: <CategoriesTab rules={rules} team={team} problems={problems} />,
          },
          {
            value: "customer-groups",
            label: "Customer groups",
            content: <CustomerGroupsTab rules={rules} team={team} problems={problems} />,
          },
          {
            value: "deprecated-terms",
            label: "Deprecated terms",
            mark: <Badge>{rules.deprecatedTerms.length}</Badge>,
            content: <DeprecatedTermsTab terms={rules.deprecatedTerms} problems={problems} />,
          },
        ]}
      />
      {isDirty && (
        <RulesSaveBar
          isSaving={saving.isSaving}
          failure={saving.failure}
          problems={problems}
          onSave={() => void save(rules)}
          onShowProblem={goTo}
          onDiscard={discardRulesDraft}
        />
      )}
      <LeaveDialog />
    </div>
  );
}
