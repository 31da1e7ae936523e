"""The rules of recognising one by one: sections, questions, labels, names, scales."""
