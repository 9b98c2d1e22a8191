"""Tests of one look: means, proportions, ratios, quantiles, adjusted and clustered; power before and during."""
