import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { orpc } from "#renderer/api/client.ts";

/** Puts the operator's theme and density on the page. Until they are known the system's theme applies. */
export function useAppearance(): void {
  const { data } = useQuery(orpc.app.getSettings.queryOptions());
  const theme = data?.theme ?? "system";
  const density = data?.density ?? "comfortable";
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === "system") delete dataset["theme"];
    else dataset["theme"] = theme;
    dataset["density"] = density;
  }, [theme, density]);
}
