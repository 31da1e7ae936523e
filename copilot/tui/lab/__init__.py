"""The lab on the screen: runs, what came out case by case, and two runs beside each other."""
