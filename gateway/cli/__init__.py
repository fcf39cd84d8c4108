"""What ``id-gateway`` and ``python -m gateway`` do, one module for each command."""

from gateway.cli.command_line import main

__all__ = ["main"]
