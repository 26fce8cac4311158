CREATE TABLE `noticed` (
	`id` text PRIMARY KEY NOT NULL,
	`same_as` text NOT NULL,
	`kind` text NOT NULL,
	`connection_id` text NOT NULL,
	`platform` text NOT NULL,
	`group_key` text NOT NULL,
	`group_name` text NOT NULL,
	`name_before` text,
	`person_id` text,
	`person_name` text,
	`at_ms` integer NOT NULL,
	`is_settled` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `noticed_same_as_unique` ON `noticed` (`same_as`);--> statement-breakpoint
CREATE INDEX `noticed_by_time` ON `noticed` (`is_settled`,`at_ms`);--> statement-breakpoint
CREATE TABLE `schedule_turns` (
	`job_id` text PRIMARY KEY NOT NULL,
	`schedule_id` text NOT NULL,
	`due_at_ms` integer NOT NULL,
	`at_ms` integer NOT NULL,
	`missed` integer NOT NULL,
	`outcome` text NOT NULL,
	`run_id` text,
	`failure` text
) STRICT;
--> statement-breakpoint
CREATE INDEX `schedule_turns_by_schedule` ON `schedule_turns` (`schedule_id`,`at_ms`);--> statement-breakpoint
CREATE TABLE `tellings` (
	`run_id` text NOT NULL,
	`kind` text NOT NULL,
	`channel` text NOT NULL,
	`state` text NOT NULL,
	`title` text NOT NULL,
	`at_ms` integer NOT NULL,
	`failure` text,
	PRIMARY KEY(`run_id`, `kind`, `channel`)
) STRICT;
--> statement-breakpoint
CREATE INDEX `tellings_by_time` ON `tellings` (`at_ms`);--> statement-breakpoint
CREATE TABLE `told_gaps` (
	`group_key` text NOT NULL,
	`person_id` text NOT NULL,
	`run_id` text NOT NULL,
	PRIMARY KEY(`group_key`, `person_id`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `told_runs` (
	`run_id` text NOT NULL,
	`kind` text NOT NULL,
	`at_ms` integer NOT NULL,
	`content` text,
	PRIMARY KEY(`run_id`, `kind`)
) STRICT;
--> statement-breakpoint
ALTER TABLE `schedules` ADD `last_due_at_ms` integer;