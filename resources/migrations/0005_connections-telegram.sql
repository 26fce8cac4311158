ALTER TABLE `connections` ADD `telegram_server` text;--> statement-breakpoint
ALTER TABLE `connections` ADD `masked_phone` text;