"""Moments in columns of text: order, calendar, zone, unit."""
