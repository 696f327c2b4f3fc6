"""The engine of servers: a schema in PostgreSQL. Its modules import psycopg only where they need it."""
