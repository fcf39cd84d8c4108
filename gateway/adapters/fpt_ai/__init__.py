"""FPT.AI Reader for Vietnamese identity cards, driving licences and passports."""

from gateway.adapters.fpt_ai.adapter import FptAi

__all__ = ["FptAi"]
