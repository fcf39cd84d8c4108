"""Any vision model behind an OpenAI-compatible server: OpenAI itself, vLLM, Ollama and many more."""

from gateway.adapters.openai.adapter import OpenAi

__all__ = ["OpenAi"]
