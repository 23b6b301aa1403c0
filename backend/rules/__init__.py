"""Rules: dated parameters in YAML, each with its source, and one pure module a rule. They know no database."""
