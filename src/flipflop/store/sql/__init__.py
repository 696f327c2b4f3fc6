"""The tables of the store and the SQL that every engine understands: rows in, rows out."""
