"""Tests of one look: means, shares, ratios, quantiles, adjusted and clustered; power before and midway."""
