CREATE TABLE `help_requests` (
	`id` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`offboarding_id` text,
	`group_key` text NOT NULL,
	`group_name` text NOT NULL,
	`platform` text NOT NULL,
	`connection_id` text NOT NULL,
	`ask_user_id` text,
	`ask_name` text,
	`ask_role` text,
	`text` text NOT NULL,
	`state` text NOT NULL,
	`note` text,
	`created_at_ms` integer NOT NULL,
	`updated_at_ms` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `help_requests_by_group` ON `help_requests` (`group_key`);--> statement-breakpoint
CREATE INDEX `help_requests_by_offboarding` ON `help_requests` (`offboarding_id`);--> statement-breakpoint
CREATE TABLE `offboarding_tasks` (
	`offboarding_id` text NOT NULL,
	`group_key` text NOT NULL,
	`group_name` text NOT NULL,
	`platform` text NOT NULL,
	`connection_id` text NOT NULL,
	`own_right` text,
	`state` text NOT NULL,
	`note` text,
	`is_owner` integer NOT NULL,
	`updated_at_ms` integer NOT NULL,
	PRIMARY KEY(`offboarding_id`, `group_key`),
	FOREIGN KEY (`offboarding_id`) REFERENCES `offboardings`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `offboardings` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`person_name` text NOT NULL,
	`state` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`closed_at_ms` integer,
	`checked_at_ms` integer,
	`deactivated_in` text NOT NULL,
	`operation_ids` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `operation_steps` (
	`operation_id` text NOT NULL,
	`ordinal` integer NOT NULL,
	`action` text NOT NULL,
	`stage` integer NOT NULL,
	`batch` text NOT NULL,
	`connection_id` text NOT NULL,
	`platform` text NOT NULL,
	`group_key` text,
	`group_id` text,
	`group_name` text NOT NULL,
	`group_kind` text,
	`new_group` text,
	`person_id` text,
	`person_name` text,
	`user_id` text,
	`before` text,
	`after` text,
	`state` text NOT NULL,
	`is_chosen` integer NOT NULL,
	`evidence` text NOT NULL,
	`failure` text,
	`intent_at_ms` integer,
	`token` text,
	`acted_at_ms` integer,
	`verified_at_ms` integer,
	PRIMARY KEY(`operation_id`, `ordinal`),
	FOREIGN KEY (`operation_id`) REFERENCES `operations`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `operation_steps_by_state` ON `operation_steps` (`operation_id`,`state`);--> statement-breakpoint
CREATE INDEX `operation_steps_by_batch` ON `operation_steps` (`operation_id`,`stage`,`batch`);--> statement-breakpoint
CREATE INDEX `operation_steps_by_intent` ON `operation_steps` (`connection_id`,`action`,`intent_at_ms`);--> statement-breakpoint
CREATE INDEX `operation_steps_by_group` ON `operation_steps` (`group_key`);--> statement-breakpoint
CREATE TABLE `operations` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`state` text NOT NULL,
	`request` text NOT NULL,
	`undoes` text,
	`is_sandbox` integer NOT NULL,
	`plan_job_id` text NOT NULL,
	`run_job_id` text,
	`recurrence_id` text,
	`created_at_ms` integer NOT NULL,
	`created_by` text NOT NULL,
	`planned_at_ms` integer,
	`confirmed_at_ms` integer,
	`confirmed_by` text,
	`digest` text,
	`approved_at_ms` integer,
	`approved_by` text,
	`finished_at_ms` integer,
	`costs` text NOT NULL,
	`problems` text NOT NULL,
	`failure` text
) STRICT;
--> statement-breakpoint
CREATE INDEX `operations_by_time` ON `operations` (`created_at_ms`);--> statement-breakpoint
CREATE INDEX `operations_by_state` ON `operations` (`state`);--> statement-breakpoint
CREATE INDEX `operations_by_undone` ON `operations` (`undoes`);--> statement-breakpoint
CREATE TABLE `recurrences` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`request` text NOT NULL,
	`is_confirmed` integer NOT NULL,
	`created_at_ms` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `recurrences_name_unique` ON `recurrences` (`name`);