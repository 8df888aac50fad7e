"""The application checks itself: in a checkout, installed from a wheel, frozen."""
