ALTER TABLE `runs` ADD `required_total` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `runs` ADD `required_present` integer DEFAULT 0 NOT NULL;