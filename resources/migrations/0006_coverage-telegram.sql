CREATE TABLE `group_migrations` (
	`before_key` text PRIMARY KEY NOT NULL,
	`after_key` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `group_migrations_after_key_unique` ON `group_migrations` (`after_key`);--> statement-breakpoint
CREATE TABLE `run_denials` (
	`run_id` text NOT NULL,
	`group_key` text NOT NULL,
	`user_id` text NOT NULL,
	PRIMARY KEY(`run_id`, `group_key`, `user_id`),
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `__new_run_people` (
	`run_id` text NOT NULL,
	`connection_id` text NOT NULL,
	`person_id` text NOT NULL,
	`user_id` text NOT NULL,
	`listing_complete` integer NOT NULL,
	`reason` text,
	`failure` text,
	PRIMARY KEY(`run_id`, `connection_id`, `person_id`, `user_id`),
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_run_people`("run_id", "connection_id", "person_id", "user_id", "listing_complete", "reason", "failure") SELECT "run_id", "connection_id", "person_id", coalesce("user_id", ''), "listing_complete", "reason", "failure" FROM `run_people`;--> statement-breakpoint
DROP TABLE `run_people`;--> statement-breakpoint
ALTER TABLE `__new_run_people` RENAME TO `run_people`;--> statement-breakpoint
ALTER TABLE `run_groups` ADD `kind` text;--> statement-breakpoint
ALTER TABLE `run_groups` ADD `own_right` text;--> statement-breakpoint
ALTER TABLE `run_groups` ADD `history_hidden` integer;--> statement-breakpoint
ALTER TABLE `run_groups` ADD `members_hidden` integer;--> statement-breakpoint
ALTER TABLE `run_groups` ADD `gap` text;