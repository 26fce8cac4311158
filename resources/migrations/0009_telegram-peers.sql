CREATE TABLE `telegram_peers` (
	`connection_id` text NOT NULL,
	`kind` text NOT NULL,
	`peer_id` text NOT NULL,
	`access_hash` text NOT NULL,
	`username` text,
	`learned_at_ms` integer NOT NULL,
	PRIMARY KEY(`connection_id`, `kind`, `peer_id`),
	FOREIGN KEY (`connection_id`) REFERENCES `connections`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
