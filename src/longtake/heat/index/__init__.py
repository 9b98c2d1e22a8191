"""One heat index for many platforms: a common level that counts, bounds and gaps speak of."""
