"""Longtake 长镜头: turn two days of heat into word of mouth that lasts."""

__version__ = "0.1.0"
