-- migrate:up
CREATE TABLE sale (id int PRIMARY KEY, total int, region text);
CREATE VIEW sale_report AS SELECT region, sum(total) AS total FROM sale GROUP BY region;

-- migrate:down
DROP VIEW sale_report;
DROP TABLE sale;
