"""Files to documents, documents to blocks, articles and passages."""
