"""The web application: parse, call one service, show."""
