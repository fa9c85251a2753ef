-- Youju's stored index, version 2. Text that SQLite cannot hold as TEXT (lone surrogates) is kept as a BLOB of
-- UTF-8 with surrogatepass; see codec.py. Spans are JSON: [[start, end], ...], code points of documents.text.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE documents (
    id         TEXT PRIMARY KEY,
    file       TEXT NOT NULL,
    source     TEXT NOT NULL UNIQUE,
    title      TEXT NOT NULL,
    text       TEXT NOT NULL,
    encoding   TEXT NOT NULL,
    sha256     TEXT NOT NULL,
    size       INTEGER NOT NULL,
    warnings   TEXT NOT NULL,   -- JSON list of strings
    recipe     TEXT NOT NULL,   -- what made the passages from the text; another one means they are stale
    indexed_at TEXT NOT NULL    -- ISO 8601, UTC
);

CREATE TABLE blocks (
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal     INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    spans       TEXT NOT NULL,
    level       INTEGER NOT NULL,
    reason      TEXT NOT NULL,
    PRIMARY KEY (document_id, ordinal)
) WITHOUT ROWID;

CREATE TABLE articles (
    id           TEXT PRIMARY KEY,
    document_id  TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal      INTEGER NOT NULL,
    title        TEXT NOT NULL,
    organisation TEXT,            -- JSON [value, where, [start, end] | null], or NULL
    places       TEXT NOT NULL,   -- JSON list of the same
    years        TEXT NOT NULL,
    spans        TEXT NOT NULL,
    reprint_of   TEXT
);
CREATE INDEX articles_by_document ON articles (document_id, ordinal);

CREATE TABLE passages (
    vector_id   INTEGER PRIMARY KEY,
    id          TEXT NOT NULL UNIQUE,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    article_id  TEXT NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    ordinal     INTEGER NOT NULL,
    kind        TEXT NOT NULL,
    spans       TEXT NOT NULL,
    text        TEXT NOT NULL,
    context     TEXT NOT NULL,
    section     TEXT NOT NULL
);
CREATE INDEX passages_by_document ON passages (document_id, ordinal);
CREATE INDEX passages_by_article ON passages (article_id);

CREATE TABLE vectors (
    vector_id INTEGER PRIMARY KEY REFERENCES passages (vector_id) ON DELETE CASCADE,
    vector    BLOB NOT NULL     -- little-endian float32, dim of them
);

-- Words, put apart by single spaces; every ASCII mark is part of a word, so that 396.6 and 6% come back whole.
-- The "ascii" tokeniser leaves everything beyond ASCII alone, so Han characters of any plane stay in one word.
CREATE VIRTUAL TABLE passage_words USING fts5 (
    text, context,
    tokenize = "ascii tokenchars '!""#$%&''()*+,-./:;<=>?@[\]^_`{|}~'"
);
CREATE VIRTUAL TABLE passage_vocabulary USING fts5vocab (passage_words, 'row');

-- The ledger of figures, read off the passages when a document is taken in; see qa/ledger. Version 2 added it, and
-- later the indexes by year and place, so each statement below this line may also run on an older index.
CREATE TABLE IF NOT EXISTS figures (
    id          TEXT PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    article_id  TEXT NOT NULL,
    passage_id  TEXT NOT NULL REFERENCES passages (id) ON DELETE CASCADE,
    spans       TEXT NOT NULL,
    text        TEXT NOT NULL,
    kind        TEXT NOT NULL,
    number      REAL NOT NULL,    -- in the base unit; of a range the lower end
    upper       REAL,             -- the upper end of a range
    unit        TEXT NOT NULL,
    approximate INTEGER NOT NULL,
    per_head    INTEGER NOT NULL,
    what        TEXT NOT NULL,
    verb        TEXT NOT NULL,
    body        TEXT NOT NULL,
    place       TEXT NOT NULL,
    period      TEXT NOT NULL,
    year        INTEGER,
    sentence    TEXT NOT NULL,
    mark        TEXT NOT NULL,    -- JSON [start, end] in sentence
    said        TEXT NOT NULL,    -- the part of the sentence that the figure belongs to, in normal form, to search in
    about       TEXT NOT NULL     -- headings and title above it, in normal form, to search in
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS figures_by_document ON figures (document_id);
CREATE INDEX IF NOT EXISTS figures_by_passage ON figures (passage_id);
CREATE INDEX IF NOT EXISTS figures_by_year ON figures (year, passage_id);
CREATE INDEX IF NOT EXISTS figures_by_place ON figures (place, passage_id);
