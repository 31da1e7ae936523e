"""From a suite to a run's folder: plan, cache, budget, progress, results."""
