CREATE VIEW titles AS SELECT p.id, p.title FROM product p;
CREATE OR REPLACE VIEW all_products AS SELECT * FROM product WHERE deleted_at IS NULL;
CREATE MATERIALIZED VIEW counts AS SELECT v.product_id, count(*) FROM variant v GROUP BY v.product_id;
REFRESH MATERIALIZED VIEW counts;
DROP VIEW IF EXISTS titles CASCADE;
DROP MATERIALIZED VIEW counts;
ALTER VIEW titles RENAME TO names;
CREATE VIEW seen AS SELECT my_function(t.id) FROM titles t;
