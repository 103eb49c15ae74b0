"""The ledger of peace agreements."""
