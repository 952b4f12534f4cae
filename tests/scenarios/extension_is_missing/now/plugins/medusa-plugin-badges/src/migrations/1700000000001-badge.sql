-- migrate:up
CREATE TABLE badge (id uuid PRIMARY KEY DEFAULT uuid_generate_v4());

-- migrate:down
DROP TABLE badge;
