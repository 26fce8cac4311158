import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { assert } from "#shared/lib/assert.ts";
import { App } from "./app/app.tsx";
import "./ui/theme.css";

const root = document.getElementById("root");
assert(root, "index.html has a #root");
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
