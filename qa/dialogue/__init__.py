"""Conversations: what a follow-up question leaves out, and what is said while a question is answered."""
