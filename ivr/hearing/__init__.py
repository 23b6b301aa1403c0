"""What was said, as a recogniser wrote it, becomes what would have been keyed: words, numbers, dates.

Nothing here knows a call, a clock or a setting; the words of menus are prompts (`<question>.words-<choice>`).
"""
