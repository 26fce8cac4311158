import { create } from "zustand";

export const useStartAuditState = create<{ isOpen: boolean }>(() => ({ isOpen: false }));

/** Shows what an audit would do, from where it can be started. */
export function openStartAudit(): void {
  useStartAuditState.setState({ isOpen: true });
}

export function closeStartAudit(): void {
  useStartAuditState.setState({ isOpen: false });
}
