"""What a guide lacks, proposed item by item and taken over by a human."""
