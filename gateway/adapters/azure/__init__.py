"""Azure AI Document Intelligence: the prebuilt model for identity documents, submitted and polled."""

from gateway.adapters.azure.adapter import Azure

__all__ = ["Azure"]
