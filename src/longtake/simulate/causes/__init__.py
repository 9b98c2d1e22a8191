"""Invented campaigns whose heat slides for known causes.

:func:`longtake.simulate.causes.world.world` makes one; :func:`longtake.simulate.exports.exports` gives the
files a person would have of it.
"""
