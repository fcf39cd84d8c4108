"""The configuration that serves where none is given; ``config/gateway.yaml`` is the same text."""

from __future__ import annotations

BUILTIN = """\
# Runs as it is, with no credentials: anyone is answered, by the embedded reader.

server:
  listen: 0.0.0.0:8080

admin:
  listen: 127.0.0.1:9090

callers:
  # For trying out only. In production set this to false and list the accounts that may call:
  #   accounts:
  #     - {name: billing, project_ids: [0123456789abcdef0123456789abcdef], token: {env: BILLING_TOKEN}}
  anonymous: true

upstreams:
  local: {adapter: local}

routes:
  - name: default
    targets: [local]
"""
