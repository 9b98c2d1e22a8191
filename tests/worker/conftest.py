from site_fixtures import records, site  # noqa: F401 -- fixtures
