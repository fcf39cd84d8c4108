"""What must fit together in limits and budgets, and what they need to be kept."""

from __future__ import annotations

from gateway.config.schema import GatewayConfig
from gateway.state.opening import has_client


def check_limits(settings: GatewayConfig) -> None:
    """Report limits that would never be kept to their source."""
    check_client(settings, installed=has_client())
    callers = settings.at.child("callers")
    if settings.callers.limits is not None and not settings.callers.anonymous:
        callers.report("those of callers without a name: set anonymous to true, or put them into an account", "limits")
    for name, upstream in settings.upstreams.items():
        if upstream.budget is not None and not upstream.price:
            settings.at.child("upstreams").report("of no use without a price: nothing is ever spent", name, "budget")
    if any(upstream.price for upstream in settings.upstreams.values()):
        return
    for account in settings.callers.accounts:
        if account.limits is not None and account.limits.budget is not None:
            account.at.report("of no use while no upstream has a price", "limits", "budget")
    if settings.callers.limits is not None and settings.callers.limits.budget is not None:
        callers.report("of no use while no upstream has a price", "limits", "budget")


def check_client(settings: GatewayConfig, *, installed: bool) -> None:
    """Report a server of shared state that there is no client for."""
    if settings.state.address() is not None and not installed:
        settings.at.report("needs the extra redis: pip install id-document-gateway[redis]", "state", "url")
