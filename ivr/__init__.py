"""What callers hear: conversations, the engine that replays them, and TwiML's edge."""
