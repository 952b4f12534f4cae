-- migrate:up
CREATE VIEW note_texts AS SELECT n.id, n.text FROM note n;

-- migrate:down
DROP VIEW note_texts;
