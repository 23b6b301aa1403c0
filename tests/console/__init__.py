"""The advisors' console, as its pages are asked for: access, the work, the stream."""
