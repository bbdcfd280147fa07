"""The database: engines, transactions, migrations, errors, identifiers."""
