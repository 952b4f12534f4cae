-- migrate:up
CREATE TABLE stock_level (sku text, place text, quantity int, UNIQUE (sku, place));

-- migrate:down
DROP TABLE stock_level;
