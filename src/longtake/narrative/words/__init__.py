"""What words have been used for: usual imagery, hashtags, quotable lines."""
