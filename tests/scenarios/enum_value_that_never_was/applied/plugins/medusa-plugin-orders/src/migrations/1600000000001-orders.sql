-- migrate:up
CREATE TYPE parcel_state AS ENUM ('packed', 'sent');
CREATE TABLE parcel (id int PRIMARY KEY, state parcel_state NOT NULL);

-- migrate:down
DROP TABLE parcel;
DROP TYPE parcel_state;
