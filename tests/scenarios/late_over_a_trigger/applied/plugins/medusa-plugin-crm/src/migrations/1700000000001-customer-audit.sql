-- migrate:up
CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER customer_audit BEFORE UPDATE ON customer FOR EACH ROW EXECUTE FUNCTION audit();
CREATE TABLE note (id int PRIMARY KEY);

-- migrate:down
SELECT 1;
