CREATE TABLE `activity` (
	`seq` integer PRIMARY KEY NOT NULL,
	`at_ms` integer NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`target` text,
	`why` text,
	`outcome` text NOT NULL,
	`details` text NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `activity_hash_unique` ON `activity` (`hash`);--> statement-breakpoint
CREATE TABLE `connections` (
	`id` text PRIMARY KEY NOT NULL,
	`platform` text NOT NULL,
	`workspace_id` text,
	`label` text NOT NULL,
	`user_id` text NOT NULL,
	`user_name` text NOT NULL,
	`api_url` text NOT NULL,
	`is_sandbox` integer NOT NULL,
	`state` text NOT NULL,
	`failure` text,
	`granted_scopes` text NOT NULL,
	`known_users` integer,
	`added_at_ms` integer NOT NULL,
	`checked_at_ms` integer
) STRICT;
--> statement-breakpoint
CREATE TABLE `exclusions` (
	`id` text PRIMARY KEY NOT NULL,
	`group_key` text NOT NULL,
	`person_id` text NOT NULL,
	`reason` text NOT NULL,
	`owner` text NOT NULL,
	`created_at_ms` integer NOT NULL,
	`expires_at_ms` integer
) STRICT;
--> statement-breakpoint
CREATE INDEX `exclusions_by_cell` ON `exclusions` (`group_key`,`person_id`);--> statement-breakpoint
CREATE TABLE `run_connections` (
	`run_id` text NOT NULL,
	`connection_id` text NOT NULL,
	`platform` text NOT NULL,
	`workspace_id` text,
	`strategy` text,
	`calls` integer NOT NULL,
	`waited_ms` integer NOT NULL,
	`listing_complete` integer NOT NULL,
	PRIMARY KEY(`run_id`, `connection_id`),
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `run_groups` (
	`run_id` text NOT NULL,
	`group_key` text NOT NULL,
	`connection_id` text NOT NULL,
	`platform` text NOT NULL,
	`workspace_id` text,
	`group_id` text NOT NULL,
	`name` text NOT NULL,
	`privacy` text NOT NULL,
	`is_archived` integer NOT NULL,
	`is_shared` integer NOT NULL,
	`member_count` integer,
	`category_id` text,
	`roster_complete` integer NOT NULL,
	`unreadable` text,
	PRIMARY KEY(`run_id`, `group_key`),
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `run_people` (
	`run_id` text NOT NULL,
	`connection_id` text NOT NULL,
	`person_id` text NOT NULL,
	`user_id` text,
	`listing_complete` integer NOT NULL,
	`reason` text,
	PRIMARY KEY(`run_id`, `connection_id`, `person_id`),
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `run_results` (
	`run_id` text NOT NULL,
	`group_key` text NOT NULL,
	`person_id` text NOT NULL,
	`level` text NOT NULL,
	`presence` text NOT NULL,
	`reason` text,
	PRIMARY KEY(`run_id`, `group_key`, `person_id`),
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `run_results_by_cell` ON `run_results` (`group_key`,`person_id`);--> statement-breakpoint
CREATE TABLE `run_sightings` (
	`run_id` text NOT NULL,
	`group_key` text NOT NULL,
	`person_id` text NOT NULL,
	PRIMARY KEY(`run_id`, `group_key`, `person_id`),
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `runs` (
	`id` text PRIMARY KEY NOT NULL,
	`job_id` text NOT NULL,
	`state` text NOT NULL,
	`trigger` text NOT NULL,
	`platforms` text NOT NULL,
	`is_sandbox` integer NOT NULL,
	`started_at_ms` integer NOT NULL,
	`finished_at_ms` integer,
	`elapsed_ms` integer NOT NULL,
	`team` text NOT NULL,
	`rules` text NOT NULL,
	`groups` integer NOT NULL,
	`people` integer NOT NULL,
	`present` integer NOT NULL,
	`absent` integer NOT NULL,
	`unknown` integer NOT NULL,
	`failure` text
) STRICT;
--> statement-breakpoint
CREATE INDEX `runs_by_start` ON `runs` (`started_at_ms`);--> statement-breakpoint
CREATE TABLE `saved_views` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`filter` text NOT NULL,
	`sort` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `saved_views_name_unique` ON `saved_views` (`name`);--> statement-breakpoint
CREATE TABLE `job_items` (
	`job_id` text NOT NULL,
	`phase` text NOT NULL,
	`key` text NOT NULL,
	`state` text NOT NULL,
	`attempts` integer NOT NULL,
	`not_before_ms` integer,
	`checkpoint` text,
	`failure` text,
	PRIMARY KEY(`job_id`, `phase`, `key`),
	FOREIGN KEY (`job_id`) REFERENCES `jobs`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `job_items_by_state` ON `job_items` (`job_id`,`phase`,`state`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`payload` text NOT NULL,
	`state` text NOT NULL,
	`paused_on` text,
	`phase` text NOT NULL,
	`wait_why` text,
	`wait_until_ms` integer,
	`attempts` integer NOT NULL,
	`failure` text,
	`cancel_requested` integer NOT NULL,
	`created_at_ms` integer NOT NULL,
	`started_at_ms` integer,
	`finished_at_ms` integer,
	`worked_ms` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `jobs_by_state` ON `jobs` (`state`);--> statement-breakpoint
CREATE TABLE `schedules` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`title` text NOT NULL,
	`payload` text NOT NULL,
	`cron` text NOT NULL,
	`time_zone` text NOT NULL,
	`enabled` integer NOT NULL,
	`last_at_ms` integer,
	`last_job_id` text,
	`last_missed` integer NOT NULL,
	`next_at_ms` integer
) STRICT;
--> statement-breakpoint
CREATE TABLE `settings` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `identities` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`person_id` text NOT NULL,
	`platform` text NOT NULL,
	`workspace_id` text,
	`user_id` text,
	`username` text,
	`state` text NOT NULL,
	`checked_at_ms` integer,
	FOREIGN KEY (`person_id`) REFERENCES `team_members`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE INDEX `identities_by_person` ON `identities` (`person_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `identities_by_user` ON `identities` (`platform`,`workspace_id`,`user_id`,`person_id`);--> statement-breakpoint
CREATE TABLE `rules` (
	`id` integer PRIMARY KEY NOT NULL,
	`document` text NOT NULL,
	`changed_at_ms` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `team_members` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`role` text,
	`status` text NOT NULL,
	`email` text,
	`position` integer NOT NULL
) STRICT;
