"""The IAM facade: what SDKs and raw callers of the old API ask Huawei's IAM before their first call."""
