"""The lies that forecasts on the web are told with, and a walk that nobody can forecast.

Nothing outside this package can lie: it makes dishonest lessons and dishonest tables, and what
trains and judges them is the honest code.
"""
