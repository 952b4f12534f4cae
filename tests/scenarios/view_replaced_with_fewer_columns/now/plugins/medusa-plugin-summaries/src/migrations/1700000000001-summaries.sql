-- migrate:up
CREATE OR REPLACE VIEW sale_report AS SELECT sum(total) AS total FROM sale;

-- migrate:down

