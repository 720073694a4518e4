"""How a Pantau service runs. Depends on the contract and on no service."""
