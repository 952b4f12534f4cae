-- migrate:up
CREATE TABLE loyalty_account (
  id character varying PRIMARY KEY,
  customer_id character varying NOT NULL UNIQUE REFERENCES customer (id) ON DELETE CASCADE,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);

-- A ledger: rows are added, never changed; what was given by mistake is taken back by a negative row.
CREATE TABLE loyalty_entry (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account_id character varying NOT NULL REFERENCES loyalty_account (id) ON DELETE CASCADE,
  order_id character varying REFERENCES "order" (id) ON DELETE SET NULL,
  points integer NOT NULL CHECK (points <> 0),
  reason text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now()
);

CREATE INDEX loyalty_entry_account_id_idx ON loyalty_entry (account_id, created_at);

-- One order earns points once, however often its event is delivered.
CREATE UNIQUE INDEX loyalty_entry_order_id_earned_key ON loyalty_entry (order_id) WHERE points > 0;

-- migrate:down
DROP TABLE loyalty_entry;
DROP TABLE loyalty_account;
