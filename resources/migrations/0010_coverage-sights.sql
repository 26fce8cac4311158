CREATE TABLE `run_group_sights` (
	`run_id` text NOT NULL,
	`group_key` text NOT NULL,
	`connection_id` text NOT NULL,
	`own_right` text,
	`owner_is_member` integer,
	PRIMARY KEY(`run_id`, `group_key`, `connection_id`),
	FOREIGN KEY (`run_id`) REFERENCES `runs`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
