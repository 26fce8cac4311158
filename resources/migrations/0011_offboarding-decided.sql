ALTER TABLE `offboarding_tasks` ADD `is_decided` integer DEFAULT false NOT NULL;--> statement-breakpoint
-- Until now only the note told a decision from what a check kept: these are the two notes that checks wrote.
UPDATE `offboarding_tasks` SET `is_decided` = true WHERE `state` = 'kept' AND (`note` IS NULL OR `note` NOT IN (
	'Slack''s general channel: nobody can be taken out of it. The person leaves it when their account is deactivated in Slack.',
	'Archived: nobody can be taken out of an archived channel, and nothing new is written in it. The person stays in its past until their account is deactivated in Slack. If that matters, unarchive the channel and check again.'
));
