"""Pages of one file each: what reports of sessions, of the lab and of guides share."""
