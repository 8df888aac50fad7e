"""What leaves the program: JSON, CSV, HTML reports, Python scripts, scenes of the inspector."""
