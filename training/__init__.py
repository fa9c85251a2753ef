"""How the shipped models came about; nothing here is imported by the product."""
