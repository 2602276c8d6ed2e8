"""What points are good for: HR's catalogue, people's orders, and the German ledger of benefits in kind."""
