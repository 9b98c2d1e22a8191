"""Campaigns, files, jobs, ledger, board."""
