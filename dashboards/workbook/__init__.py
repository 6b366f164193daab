"""The workbook of indicators, for the State: a sheet of results, one for each indicator, and what explains them."""
