-- migrate:up
ALTER TABLE parcel ALTER COLUMN state SET DEFAULT 'packed';
ALTER TABLE parcel ALTER COLUMN state SET DEFAULT 'lost';

-- migrate:down
ALTER TABLE parcel ALTER COLUMN state DROP DEFAULT;
