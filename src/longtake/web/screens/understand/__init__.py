"""Figures, rows, exports, comparison."""
