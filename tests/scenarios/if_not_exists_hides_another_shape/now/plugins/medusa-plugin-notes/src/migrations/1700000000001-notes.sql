-- migrate:up
CREATE TABLE IF NOT EXISTS note (id uuid PRIMARY KEY, text text);

-- migrate:down
DROP TABLE note;
