-- migrate:up
INSERT INTO stock_level (sku, place, quantity) VALUES ('shirt', 'here', 1)
  ON CONFLICT (sku) DO UPDATE SET quantity = excluded.quantity;

-- migrate:down
DELETE FROM stock_level;
