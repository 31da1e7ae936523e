"""Pages that show a run, or two beside each other: one file each, which loads nothing."""
