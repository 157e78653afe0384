/** Each step is applied once, in order; a step that has been released is never changed. */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE facts (
    case_key TEXT NOT NULL, fact_id TEXT NOT NULL,
    event TEXT NOT NULL, communication_id TEXT NOT NULL, origin TEXT NOT NULL, display_id TEXT NOT NULL,
    at INTEGER NOT NULL, received_at INTEGER NOT NULL,
    PRIMARY KEY (case_key, fact_id)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE cases (
    case_key TEXT NOT NULL PRIMARY KEY,
    case_id TEXT NOT NULL, display_id TEXT NOT NULL,
    channel TEXT, thread_ts TEXT,
    card TEXT, shown TEXT, digest TEXT,
    resolved INTEGER NOT NULL, activity_at INTEGER NOT NULL, walked_at INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX cases_by_display_id ON cases (display_id);
  CREATE INDEX cases_by_case_id ON cases (case_id);
  CREATE INDEX cases_by_thread ON cases (channel, thread_ts);
  CREATE INDEX cases_by_activity ON cases (resolved, activity_at);

  CREATE TABLE aliases (
    case_key TEXT NOT NULL PRIMARY KEY, means TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE ledger (
    case_key TEXT NOT NULL, entry TEXT NOT NULL, part INTEGER NOT NULL, parts INTEGER NOT NULL,
    at INTEGER NOT NULL, intended_at INTEGER NOT NULL, ts TEXT,
    PRIMARY KEY (case_key, entry, part)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE outbox (
    reference TEXT NOT NULL PRIMARY KEY,
    case_key TEXT NOT NULL, request TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL, told INTEGER NOT NULL, created_at INTEGER NOT NULL,
    message TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX outbox_by_case ON outbox (case_key, created_at);
  CREATE INDEX outbox_unfinished ON outbox (case_key) WHERE (told = 0 OR state IN ('queued', 'sending', 'in-doubt'));

  CREATE TABLE marks (
    queue TEXT NOT NULL, key TEXT NOT NULL,
    generation INTEGER NOT NULL, due INTEGER NOT NULL, attempts INTEGER NOT NULL, since INTEGER NOT NULL,
    parked TEXT,
    PRIMARY KEY (queue, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX marks_by_due ON marks (queue, due);
  `,
  `
  ALTER TABLE cases ADD COLUMN recovered_at INTEGER;
  ALTER TABLE cases ADD COLUMN former_ts TEXT;

  CREATE TABLE requests (
    id TEXT NOT NULL PRIMARY KEY, done INTEGER NOT NULL, until INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX requests_by_until ON requests (until);

  CREATE TABLE notes (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE doubts (from_at INTEGER NOT NULL, until_at INTEGER NOT NULL) STRICT;
  -- A file that is new knows nothing of what was posted before it was made.
  INSERT INTO doubts SELECT 0, CAST(unixepoch('subsec') * 1000 AS INTEGER) WHERE NOT EXISTS (SELECT 1 FROM cases);
  `,
  `
  -- role: 'owner', with the person's name, or 'follows' or 'muted'.
  CREATE TABLE people (
    case_key TEXT NOT NULL, user TEXT NOT NULL, role TEXT NOT NULL, name TEXT NOT NULL,
    PRIMARY KEY (case_key, user, role)
  ) STRICT, WITHOUT ROWID;

  -- The words of a case, each once and without their order, behind a line end each: for searching.
  CREATE TABLE words (case_key TEXT NOT NULL PRIMARY KEY, words TEXT NOT NULL) STRICT;
  `,
  `
  -- What an entry shows of who did it that only CloudTrail tells.
  ALTER TABLE ledger ADD COLUMN shown_by TEXT;

  -- API calls, by the order in which their records came. Of a case those that did something to it.
  CREATE TABLE calls (
    place INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL, is_support INTEGER NOT NULL, case_key TEXT,
    at INTEGER NOT NULL, received_at INTEGER NOT NULL, call TEXT NOT NULL
  ) STRICT;
  CREATE INDEX calls_by_case ON calls (case_key) WHERE case_key IS NOT NULL;
  CREATE INDEX calls_by_time ON calls (account, at) WHERE is_support = 1;
  `,
  `
  -- Who did what. Lines are added at one end, and go at the other: a place is never taken a second time.
  CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT, at INTEGER NOT NULL, case_key TEXT, entry TEXT NOT NULL
  ) STRICT;
  CREATE INDEX audit_by_case ON audit (case_key) WHERE case_key IS NOT NULL;
  CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END;
  CREATE TRIGGER audit_goes_from_its_beginning BEFORE DELETE ON audit WHEN old.id > (SELECT min(id) FROM audit)
    BEGIN SELECT RAISE(ABORT, 'the audit trail loses its oldest lines only'); END;
  `,
  `
  -- The trail is long, and a bot that reads it does nothing else meanwhile.
  CREATE INDEX audit_by_time ON audit (at);
  CREATE INDEX audit_by_user ON audit (json_extract(entry, '$.user'));

  -- To SQLite, putting another line in the place of one is no change, and removes nothing.
  CREATE TRIGGER audit_is_never_replaced BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = new.id)
    BEGIN SELECT RAISE(ABORT, 'the audit trail is never changed'); END;

  -- The numbers and case ids by which lines name their cases.
  CREATE TABLE audit_names (name TEXT NOT NULL, case_key TEXT NOT NULL, PRIMARY KEY (name, case_key)) STRICT, WITHOUT ROWID;
  CREATE INDEX audit_names_by_case ON audit_names (case_key);
  INSERT INTO audit_names
    SELECT json_extract(entry, '$.displayId'), case_key FROM audit
      WHERE case_key IS NOT NULL AND json_extract(entry, '$.displayId') IS NOT NULL
    UNION SELECT substr(case_key, instr(case_key, '/') + 1), case_key FROM audit WHERE case_key IS NOT NULL;
  `,
];
