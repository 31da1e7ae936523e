"""Suites: YAML files in promptfoo's words that say what is run and checked."""
