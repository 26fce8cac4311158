-- The activity log only grows: no line is changed or removed, not even by Muster itself.
CREATE TRIGGER `activity_refuses_update` BEFORE UPDATE ON `activity`
BEGIN
	SELECT RAISE(ABORT, 'the activity log is append-only');
END;
--> statement-breakpoint
CREATE TRIGGER `activity_refuses_delete` BEFORE DELETE ON `activity`
BEGIN
	SELECT RAISE(ABORT, 'the activity log is append-only');
END;
