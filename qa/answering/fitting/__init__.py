"""What cannot be the answer to a question, whatever its score: rules by what the question asks for."""
