-- migrate:up
INSERT INTO gone VALUES (1);
INSERT INTO nowhere VALUES (1);
ALTER TABLE elsewhere ADD y int;

-- migrate:down

