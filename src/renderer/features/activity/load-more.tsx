import { useEffect, useRef } from "react";
import { Button } from "#renderer/ui/button.tsx";

interface LoadMoreProps {
  readonly isLoading: boolean;
  readonly onLoad: () => void;
}

/** The end of what is loaded: asks for more as soon as it comes into sight, and by its button. */
export function LoadMore({ isLoading, onLoad }: LoadMoreProps) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = end.current;
    if (!element || isLoading) return undefined;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) onLoad();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [isLoading, onLoad]);
  return (
    <div ref={end} className="flex justify-center py-3">
      <Button variant="ghost" isBusy={isLoading} onClick={onLoad}>
        {isLoading ? "Loading older lines…" : "Load older lines"}
      </Button>
    </div>
  );
}
