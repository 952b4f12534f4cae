-- migrate:up
CREATE SCHEMA audit;
SET LOCAL search_path = audit, public;
CREATE TABLE log (id int PRIMARY KEY, item_id int REFERENCES item (id));
CREATE INDEX log_item ON log (item_id);
RESET search_path;

-- migrate:down
DROP SCHEMA audit CASCADE;
