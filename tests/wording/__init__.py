"""Words: numbers, amounts, prompts."""
