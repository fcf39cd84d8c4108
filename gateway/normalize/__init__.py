"""Pure conversions from what documents and vendors print to the values of the domain model."""
