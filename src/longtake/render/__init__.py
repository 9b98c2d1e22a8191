"""Turn a report value into a page, a data file and a workbook."""
