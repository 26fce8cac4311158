import { Hash, Send } from "lucide-react";
import type { Platform } from "#shared/domain/ids.ts";
import { PLATFORM_WORDS } from "#renderer/api/words.ts";

const ICONS: Readonly<Record<Platform, typeof Hash>> = { slack: Hash, telegram: Send };

/** The sign of a platform. Its name stands beside it, or is there for screen readers and the pointer. */
export function PlatformMark({ platform, isNamed = false }: { platform: Platform; isNamed?: boolean }) {
  const Icon = ICONS[platform];
  const name = PLATFORM_WORDS[platform];
  return (
    <span
      title={isNamed ? undefined : name}
      className="inline-flex shrink-0 items-center gap-1 whitespace-nowrap text-fg-muted"
    >
      <Icon aria-hidden="true" className="size-3.5" />
      <span className={isNamed ? undefined : "sr-only"}>{name}</span>
    </span>
  );
}
