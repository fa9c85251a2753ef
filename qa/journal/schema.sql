-- Youju's journal, version 1: people's own data, apart from the index, so that it outlives every rebuilt one.
-- Owners are SHA-256 of what the browser holds: who reads this file cannot pass for anybody.
-- Times are ISO 8601, UTC. Text that SQLite cannot hold as TEXT (lone surrogates) is a BLOB; see qa/store/codec.py.

CREATE TABLE conversations (
    number     INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    owner      TEXT NOT NULL,
    title      TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL
);
CREATE INDEX conversations_by_owner ON conversations (owner, updated_at);

CREATE TABLE turns (
    number            INTEGER PRIMARY KEY AUTOINCREMENT,
    id                TEXT NOT NULL UNIQUE,
    conversation      INTEGER NOT NULL REFERENCES conversations (number) ON DELETE CASCADE,
    question          TEXT NOT NULL,
    resolved_question TEXT NOT NULL,
    response          BLOB NOT NULL,   -- JSON after qa/schema.py, zlib
    asked_at          TEXT NOT NULL
);
CREATE INDEX turns_by_conversation ON turns (conversation, number);

-- Every question once more, without its owner: the counts outlive conversations that people delete.
CREATE TABLE questions (
    number   INTEGER PRIMARY KEY,
    question TEXT NOT NULL,
    form     TEXT NOT NULL,            -- normal form, to count like with like
    answered INTEGER NOT NULL,
    reason   TEXT NOT NULL,            -- of a refusal
    asked_at TEXT NOT NULL
);
CREATE INDEX questions_by_form ON questions (form);
CREATE INDEX questions_by_time ON questions (asked_at);

-- Feedback holds what it is about, and so outlives the turn.
CREATE TABLE feedback (
    number       INTEGER PRIMARY KEY AUTOINCREMENT,
    turn         TEXT NOT NULL UNIQUE,
    question     TEXT NOT NULL,
    answer       TEXT NOT NULL,        -- the first one; of a refusal its message
    response     BLOB NOT NULL,
    generation   INTEGER NOT NULL,     -- of the index that answered
    good         INTEGER NOT NULL,
    reason       TEXT NOT NULL,
    right_answer TEXT NOT NULL,
    given_at     TEXT NOT NULL
);
