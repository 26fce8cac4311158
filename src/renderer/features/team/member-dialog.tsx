import { useState } from "react";
import { ConfirmDialog } from "#renderer/ui/confirm-dialog.tsx";
import { Dialog } from "#renderer/ui/dialog.tsx";
import type { TeamMember } from "#shared/domain/team.ts";
import { MemberForm } from "./member-form.tsx";

interface MemberDialogProps {
  /** Whom to edit, `new` for somebody new, null while closed. */
  readonly subject: TeamMember | "new" | null;
  readonly team: readonly TeamMember[];
  readonly onClose: () => void;
}

/** Adds or edits one member. What was typed is not lost to a stray Escape. */
export function MemberDialog({ subject, team, onClose }: MemberDialogProps) {
  const [isDirty, setIsDirty] = useState(false);
  const [isAsking, setIsAsking] = useState(false);
  const close = () => {
    setIsDirty(false);
    setIsAsking(false);
    onClose();
  };
  const member = subject === "new" ? null : subject;
  return (
    <>
      <Dialog
        isOpen={subject !== null}
        onOpenChange={() => (isDirty ? setIsAsking(true) : close())}
        title={member ? member.name : "Add a team member"}
        size="large"
      >
        {subject !== null && (
          <MemberForm
            key={member?.id ?? "new"}
            member={member}
            team={team}
            onDirtyChange={setIsDirty}
            onCancel={() => (isDirty ? setIsAsking(true) : close())}
            onDone={close}
          />
        )}
      </Dialog>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setIsAsking}
        title="Discard what you entered?"
        description={member ? `${member.name} stays as before.` : "Nobody is added to the team."}
        confirmLabel="Discard"
        isDangerous
        onConfirm={close}
      />
    </>
  );
}
