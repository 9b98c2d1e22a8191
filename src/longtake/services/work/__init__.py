"""What people do on the web: hand files in, describe a campaign, take imports back."""
