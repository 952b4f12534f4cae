-- migrate:up
RESET check_function_bodies;
CREATE TABLE line (id int GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME line_numbers), price int);
ALTER SEQUENCE line_numbers RESTART WITH 1000;
CREATE FUNCTION dearest() RETURNS int RETURN (SELECT max(price) FROM line);

-- migrate:down
DROP FUNCTION dearest;
DROP TABLE line;
