ALTER TABLE `run_connections` ADD `listed_groups` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `run_connections` ADD `failure` text;--> statement-breakpoint
ALTER TABLE `run_groups` ADD `owner_is_member` integer;--> statement-breakpoint
ALTER TABLE `run_groups` ADD `seen_in_listing` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `run_people` ADD `failure` text;