"""What pages get of a guide: its live edition as instances, charts, comparison, linked data."""
