"""Two runs side by side, case by case, and whether the difference is more than noise."""
