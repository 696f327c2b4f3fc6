"""The frames of a store, read in whole columns. Imports numpy and pandas, so only when a frame is asked for."""
