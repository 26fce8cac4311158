import type { CommandLine } from "../command-line.ts";
import { addApprovalRuleCommand } from "./members-approval.ts";
import { addApprovalCommands } from "./members-approve.ts";
import { addBudgetsCommand } from "./members-budgets.ts";
import { addGroupCommands } from "./members-groups.ts";
import { addLookCommands } from "./members-looks.ts";
import { addOffboardCommand } from "./members-offboard.ts";
import { addOperationCommands } from "./members-operations.ts";
import { addPeopleCommands } from "./members-people.ts";
import { addRequestsCommand } from "./members-requests.ts";
import { addScheduleCommand } from "./members-schedule.ts";

/** `muster members …`: planned changes to many groups. Nothing changes without `--yes`. */
export function addMembersCommand(commandLine: CommandLine): void {
  const members = commandLine.program
    .command("members")
    .description("put people into groups, take them out, rename groups; planned first, changed with --yes");
  addPeopleCommands(commandLine, members);
  addGroupCommands(commandLine, members);
  addLookCommands(commandLine, members);
  addOffboardCommand(commandLine, members);
  addRequestsCommand(commandLine, members);
  addOperationCommands(commandLine, members);
  addApprovalRuleCommand(commandLine, members);
  addApprovalCommands(commandLine, members);
  addScheduleCommand(commandLine, members);
  addBudgetsCommand(commandLine, members);
}
