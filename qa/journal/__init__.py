"""What people asked, were told and thought of it: conversations, feedback, counts, in a file of their own."""

from qa.journal.journal import Journal
from qa.journal.types import Conversation, DayCount, Feedback, QuestionCount, Turn

__all__ = ["Conversation", "DayCount", "Feedback", "Journal", "QuestionCount", "Turn"]
