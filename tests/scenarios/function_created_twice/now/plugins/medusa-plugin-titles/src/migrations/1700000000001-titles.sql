-- migrate:up
CREATE FUNCTION slug(words text) RETURNS text LANGUAGE sql AS 'SELECT lower(words)';

-- migrate:down
DROP FUNCTION slug(text);
