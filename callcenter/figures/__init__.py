"""The log of events as a history that can be counted: its events typed, and the story that they tell of each ticket."""
