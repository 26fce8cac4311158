/** Every table of `muster.db`. drizzle-kit generates the migrations in resources/migrations from this file. */
export * from "./activity.ts";
export * from "./connections.ts";
export * from "./coverage.ts";
export * from "./insights.ts";
export * from "./jobs.ts";
export * from "./membership.ts";
export * from "./settings.ts";
export * from "./team.ts";
